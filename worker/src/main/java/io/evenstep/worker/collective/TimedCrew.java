package io.evenstep.worker.collective;

import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.host.Crew;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The ranks of a host with their clocks. While one works, the others' clocks count waiting.
 *
 * @param clocks by member, the lead's first
 */
public record TimedCrew(Crew<?> crew, List<StepClock> clocks) {
  /** A rank that is a host by itself. */
  public static TimedCrew alone(int rank, StepClock clock) {
    return new TimedCrew(Crew.alone(rank, clock), List.of(clock));
  }

  /** How many ranks there are. */
  public int size() {
    return crew.size();
  }

  /**
   * Has every rank do its part, and waits for all; see {@link Crew#each}. Until its next part a
   * rank waits, or does something else after a part that was {@link Phase#OTHER}.
   *
   * @param phase the phase that the time of a part counts for
   */
  public void each(Phase phase, IntConsumer part) {
    StepClock lead = clocks.get(0);
    Phase before = lead.enter(Phase.WAIT);
    try {
      crew.each(
          member -> {
            StepClock clock = clocks.get(member);
            clock.enter(phase);
            try {
              part.accept(member);
            } finally {
              clock.enter(phase == Phase.OTHER ? Phase.OTHER : Phase.WAIT);
            }
          });
    } finally {
      lead.enter(before);
    }
  }
}
