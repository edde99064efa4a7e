package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String MASTER = "spark://host:7077";

  @Test
  void tooFewAreCounted() {
    assertThat(Slots.tooFew(3, 4, MASTER, false))
        .hasMessage(
            "Invalid training.workers: must be at most the 3 task slots that spark://host:7077"
                + " offers, got 4");
    assertThat(Slots.tooFew(0, 1, "local[1]", true)).hasMessageContaining("the 0 task slots");
  }

  @Test
  void whereNoneCameTheNumberOfWorkersIsNotBlamed() {
    assertThat(Slots.tooFew(0, 0, MASTER, false))
        .hasMessageStartingWith(
            "Cannot train: no executor with a free task slot came at spark://host:7077 within 120 s")
        .hasMessageNotContaining("training.workers");
  }

  @Test
  void aClusterIsCompleteThreeSecondsAfterItsNewestExecutorCame() {
    assertThat(Slots.toSettle(NOW, NOW)).hasSeconds(3);
    assertThat(Slots.toSettle(NOW.minusMillis(500), NOW)).hasMillis(2500);
    assertThat(Slots.toSettle(NOW.minusSeconds(60), NOW)).isEqualTo(Duration.ZERO);
  }
}
