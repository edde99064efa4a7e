package io.evenstep.worker.checkpoint;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A replica at rest.
 *
 * @param position where training stands
 * @param parameters raw little-endian floats; not to be changed
 * @param state what is remembered besides the parameters, such as the optimizer's state
 */
public record Checkpoint(Position position, ByteBuffer parameters, List<Section> state) {
  /** Copies the list. */
  public Checkpoint {
    state = List.copyOf(state);
  }
}
