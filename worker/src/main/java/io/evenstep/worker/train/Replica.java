package io.evenstep.worker.train;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.checkpoint.Checkpoint;
import io.evenstep.worker.checkpoint.Position;
import java.util.List;

/**
 * What a rank holds of a run after a whole step: a checkpoint that was not written.
 *
 * @param content its bytes are those of the learner's own memory
 * @param memory keeps that memory alive
 */
record Replica(Checkpoint content, List<Region> memory) {
  /** What a run has now, not copied. */
  static Replica of(RunState state, Position position) {
    return new Replica(state.at(position), state.regions());
  }

  /** Where training stands. */
  Position position() {
    return content.position();
  }
}
