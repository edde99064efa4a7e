package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @Test
  void aClusterIsCompleteThreeSecondsAfterItsNewestExecutorCame() {
    assertThat(Slots.toSettle(NOW, NOW)).hasSeconds(3);
    assertThat(Slots.toSettle(NOW.minusMillis(500), NOW)).hasMillis(2500);
    assertThat(Slots.toSettle(NOW.minusSeconds(60), NOW)).isEqualTo(Duration.ZERO);
  }
}
