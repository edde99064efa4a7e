package io.evenstep.driver.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.control.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void writesALineEveryFewSecondsAndAtTheEnd() {
    StringWriter out = new StringWriter();
    HandClock clock = new HandClock();
    try (Progress progress = new LineProgress(new PrintWriter(out), clock)) {
      progress.say("Packed 10 rows");
      progress.begin("Training", 2_000);
      progress.at(1, "loss 3");
      clock.pass(LineProgress.PACE);
      progress.at(1_000, "loss 2");
      progress.at(1_001, "loss 2");
      progress.at(2_000, "loss 1");
    }

    assertThat(out)
        .hasToString(
            "Packed 10 rows\nTraining 1,000/2,000  loss 2, 5 s left\n"
                + "Training 2,000/2,000  loss 1\n");
  }

  @Test
  void drawsABarForAPerson() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Progress progress = new BarProgress(new PrintStream(out, true, UTF_8), false)) {
      progress.begin("Training", 10);
      progress.at(5, "loss 2");
      progress.say("Epoch 1: loss 2");
      progress.at(10, "loss 1");
    }

    assertThat(out.toString(UTF_8))
        .contains("Epoch 1: loss 2\n")
        .contains("Training")
        .contains("100%")
        .contains("loss 1")
        .doesNotContain("\033[3");
  }

  @Test
  void coloursAtATerminalWhatMatters() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Progress progress = new BarProgress(new PrintStream(out, true, UTF_8), true)) {
      progress.say("Epoch 1: loss 2, best so far");
      progress.say("Attempt 1 lost a worker: gone");
      progress.say("Packed 10 rows");
    }

    assertThat(out.toString(UTF_8).lines())
        .containsExactly(
            "Epoch 1: loss 2, \033[32mbest so far\033[0m",
            "\033[33mAttempt 1 lost a worker: gone\033[0m",
            "Packed 10 rows");
  }

  @Test
  void saysHowMuchTimeIsLeft() {
    Instant began = Instant.EPOCH;
    TimeLeft left = TimeLeft.UNKNOWN.at(100, began);
    assertThat(left.words(1_000)).isEmpty();
    assertThat(left.at(200, began.plusSeconds(10)).words(1_000)).isEqualTo(", 1 min 20 s left");
    assertThat(left.at(200, began.plusSeconds(1_000)).words(1_000)).isEqualTo(", 2 h 13 min left");
    assertThat(left.at(1_000, began.plusSeconds(20)).words(1_000)).isEmpty();
  }

  private static final class HandClock extends Clock {
    private Instant now = Instant.EPOCH;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
