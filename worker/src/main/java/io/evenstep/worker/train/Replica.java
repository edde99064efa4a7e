package io.evenstep.worker.train;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.checkpoint.Checkpoint;
import io.evenstep.worker.checkpoint.Position;
import java.util.List;

/**
 * A rank's state after a complete step: a checkpoint in memory.
 *
 * @param content its bytes are the learner's own memory
 * @param memory keeps that memory alive
 */
record Replica(Checkpoint content, List<Region> memory) {
  /** The current state of a run, not copied. */
  static Replica of(RunState state, Position position) {
    return new Replica(state.at(position), state.regions());
  }

  /** Where training stands. */
  Position position() {
    return content.position();
  }
}
