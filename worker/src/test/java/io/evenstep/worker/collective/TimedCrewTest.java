package io.evenstep.worker.collective;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.host.Crew;
import io.evenstep.worker.host.Crews;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a rank's clock accounts for the time in which it has nothing to do. */
class TimedCrewTest {
  private static final double MILLIS = 30;
  private static final List<String> ATTEMPT = List.of("p 1", "p 2");
  private static final List<Integer> RANKS = List.of(0, 1);

  @Test
  void waitsWithinAStep() throws Exception {
    assertThat(idleAfter(Phase.COMPUTE))
        .hasEntrySatisfying(Phase.WAIT, spent -> assertThat(spent).isGreaterThan(MILLIS))
        .hasEntrySatisfying(Phase.OTHER, spent -> assertThat(spent).isLessThan(MILLIS));
  }

  @Test
  void doesOtherThingsBetweenSteps() throws Exception {
    assertThat(idleAfter(Phase.OTHER))
        .hasEntrySatisfying(Phase.OTHER, spent -> assertThat(spent).isGreaterThan(MILLIS))
        .hasEntrySatisfying(Phase.WAIT, spent -> assertThat(spent).isZero());
  }

  /** The second rank's clock, after a part in this phase while the leader was busy for long. */
  private static Map<Phase, Double> idleAfter(Phase phase) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Crews<String> crews = new Crews<>();
      Crew<String> lead = crews.join(ATTEMPT, RANKS, 0, "lead", Duration.ofSeconds(20));
      Future<Boolean> served =
          thread.submit(
              () -> crews.join(ATTEMPT, RANKS, 1, "second", Duration.ofSeconds(20)).serve(1));
      lead.members();
      List<StepClock> clocks = List.of(new StepClock(), new StepClock());
      TimedCrew crew = new TimedCrew(lead, clocks);
      crew.each(phase, member -> {});
      double before = clocks.get(1).milliseconds().get(Phase.OTHER);
      long began = System.nanoTime();
      while (System.nanoTime() - began < (MILLIS + 5) * 1e6) {
        Thread.onSpinWait();
      }
      crew.each(phase, member -> {});
      lead.close();
      assertThat(served.get(20, TimeUnit.SECONDS)).isTrue();
      Map<Phase, Double> spent = clocks.get(1).milliseconds();
      spent.merge(Phase.OTHER, -before, Double::sum);
      return spent;
    } finally {
      thread.shutdownNow();
    }
  }
}
