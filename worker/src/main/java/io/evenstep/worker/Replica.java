package io.evenstep.worker;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import io.evenstep.worker.checkpoint.Position;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a rank holds of a run after a whole step.
 *
 * @param position where training stands
 * @param parameters [n]
 * @param state what the learner remembers besides them
 */
record Replica(Position position, Region parameters, List<StateSection> state) {
  /** Copies the list. */
  Replica {
    state = List.copyOf(state);
  }

  /** The learner's own regions, not copied. */
  static Replica of(Learner learner, Position position) {
    return new Replica(position, learner.parameters(), learner.state());
  }

  /** All of a learner's regions, parameters first. */
  static List<Region> regions(Learner learner) {
    return regions(learner.parameters(), learner.state());
  }

  private static List<Region> regions(Region parameters, List<StateSection> state) {
    return Stream.concat(Stream.of(parameters), state.stream().map(StateSection::region)).toList();
  }

  /** Makes a learner of the same network hold the same. */
  void copyTo(Learner learner) {
    List<Region> from = regions(parameters, state);
    List<Region> to = regions(learner);
    for (int i = 0; i < to.size(); i++) {
      to.get(i).copyFrom(from.get(i));
    }
    learner.written();
  }
}
