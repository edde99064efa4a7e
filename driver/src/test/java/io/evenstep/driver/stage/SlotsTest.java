package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.control.TemporaryException;
import io.evenstep.model.ConfigException;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final String MASTER = "spark://host:7077";

  @Test
  void slotsThatCanNeverBeThereAreTheJobsFault() {
    assertThat(Slots.tooFew(3, 4, conf().set("spark.cores.max", "3")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid training.workers: must be at most the 3 task slots that spark://host:7077"
                + " offers, got 4");
    assertThat(Slots.tooFew(0, 1, conf().setMaster("local[1]")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("the 0 task slots");
    SparkConf yarn = conf().setMaster("yarn").set("spark.executor.instances", "3");
    assertThat(Slots.tooFew(1, 4, yarn)).isInstanceOf(ConfigException.class);
    assertThat(Slots.tooFew(1, 3, yarn)).isInstanceOf(TemporaryException.class);
  }

  @Test
  void slotsThatMayStillComeAreTriedForAgain() {
    assertThat(Slots.tooFew(3, 4, conf()))
        .isInstanceOf(TemporaryException.class)
        .hasMessage(
            "Cannot train yet: 3 of 4 task slots are available at spark://host:7077 after 25 s;"
                + " check there what else is running");
  }

  @Test
  void whereNoneCameTheNumberOfWorkersIsNotBlamed() {
    assertThat(Slots.tooFew(0, 0, conf()))
        .isInstanceOf(TemporaryException.class)
        .hasMessageStartingWith(
            "Cannot train yet: no executor with a free task slot registered at spark://host:7077"
                + " within 120 s")
        .hasMessageNotContaining("training.workers");
  }

  private static SparkConf conf() {
    return new SparkConf(false).setMaster(MASTER);
  }

  @Test
  void aClusterIsCompleteThreeSecondsAfterItsNewestExecutorCame() {
    assertThat(Slots.toSettle(NOW, NOW)).hasSeconds(3);
    assertThat(Slots.toSettle(NOW.minusMillis(500), NOW)).hasMillis(2500);
    assertThat(Slots.toSettle(NOW.minusSeconds(60), NOW)).isEqualTo(Duration.ZERO);
  }
}
