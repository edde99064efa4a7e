package io.evenstep.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EvaluationPaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final EvaluationPace pace = new EvaluationPace();

  @Test
  void saysNothingOfAShortEvaluation() {
    pace.begin(5 * SECOND);

    assertThat(pace.at("test", 90, 100, 400, 6 * SECOND)).isEmpty();
  }

  @Test
  void reportsALongOneEveryTwoSecondsForAllRanks() {
    pace.begin(0);

    assertThat(pace.at("test", 20, 100, 400, 2 * SECOND))
        .contains(new ProgressEvent.Evaluating("test", 80, 400));
    assertThat(pace.at("test", 25, 100, 400, 3 * SECOND)).isEmpty();
    assertThat(pace.at("test", 50, 100, 400, 4 * SECOND))
        .contains(new ProgressEvent.Evaluating("test", 200, 400));
  }
}
