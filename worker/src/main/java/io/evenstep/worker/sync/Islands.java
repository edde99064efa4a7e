package io.evenstep.worker.sync;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Region;
import io.evenstep.model.engine.StateSection;
import java.util.ArrayList;
import java.util.List;

/**
 * The replicas of one rank that step alone between two averagings, with averaging over islands.
 * Each island is one shard of every step.
 *
 * @param first number of the first of these islands
 * @param learners one per island, in order; the first one is the rank's learner
 * @param total how many islands there are over all ranks
 */
public record Islands(int first, List<Learner> learners, int total) {
  /** Copies the list. */
  public Islands {
    learners = List.copyOf(learners);
  }

  /** The learner of one of these islands. */
  public Learner of(int island) {
    return learners.get(island - first);
  }

  /** The regions of the optimizer's state of one of these islands. */
  static List<Region> optimizerState(Learner learner) {
    return learner.state().stream()
        .filter(section -> section.name().equals(StateSection.OPTIMIZER))
        .map(StateSection::region)
        .toList();
  }

  /** The optimizer's state of each of these islands; empty if there is none. */
  public List<Region> optimizerStates() {
    List<Region> all = new ArrayList<>();
    learners.forEach(learner -> all.addAll(optimizerState(learner)));
    return all;
  }
}
