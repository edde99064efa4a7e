package io.evenstep.worker.sync;

import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Stepper;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.collective.TimedCrew;
import java.util.ArrayList;
import java.util.List;

/** The optimizer's step, divided over the ranks of a host. */
public final class CrewUpdate {
  private final TimedCrew crew;
  private final List<Range> ranges; // by member
  private final List<Stepper> steppers = new ArrayList<>(); // by member

  /** One for a host's replica. */
  public CrewUpdate(TimedCrew crew, Learner learner) {
    this.crew = crew;
    this.ranges = learner.cut(crew.size());
    ranges.forEach(range -> steppers.add(learner.stepper()));
  }

  /** Ranges of the vector, one for each rank of the host. */
  List<Range> ranges() {
    return ranges;
  }

  /** Every rank of the host updates a range, after all ranges were measured. */
  public void take(long step, int epoch, int rows) {
    crew.each(
        Phase.UPDATE,
        member -> steppers.get(member).measure(step, epoch, rows, ranges.get(member)));
    crew.each(
        Phase.UPDATE, member -> steppers.get(member).apply(step, epoch, rows, ranges.get(member)));
  }
}
