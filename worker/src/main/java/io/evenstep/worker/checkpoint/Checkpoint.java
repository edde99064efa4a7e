package io.evenstep.worker.checkpoint;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A saved replica.
 *
 * @param position where training stands
 * @param parameters raw little-endian floats; do not change them
 * @param state the state besides the parameters, such as the optimizer's
 */
public record Checkpoint(Position position, ByteBuffer parameters, List<Section> state) {
  /** Copies the list. */
  public Checkpoint {
    state = List.copyOf(state);
  }
}
