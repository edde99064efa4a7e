package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.progress.ProgressEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadSeatsTest {
  private static final ProgressEvent LOST = new ProgressEvent.PeerLost(0, 1);

  private final BlockingQueue<String> replaced = new LinkedBlockingQueue<>();
  private final List<ProgressEvent> heard = new ArrayList<>();

  @Test
  void replacesTheExecutorOfALostWorkerOnce() throws Exception {
    try (DeadSeats seats = new DeadSeats(heard::add, replaced::add, Duration.ofMillis(50))) {
      seats.report(new ProgressEvent.Seated(0, "executor-a"));
      seats.report(new ProgressEvent.Seated(1, "executor-b"));
      seats.report(LOST);
      seats.report(LOST);
      assertThat(replaced.poll(10, TimeUnit.SECONDS)).isEqualTo("executor-b");
      assertThat(replaced.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }
    assertThat(heard).hasSize(4).contains(LOST);
  }

  @Test
  void replacesNobodyOnceTheAttemptIsOver() throws Exception {
    try (DeadSeats seats = new DeadSeats(heard::add, replaced::add, Duration.ofSeconds(1))) {
      seats.report(new ProgressEvent.Seated(1, "executor-b"));
      seats.report(LOST);
    }
    assertThat(replaced.poll(1500, TimeUnit.MILLISECONDS)).isNull();
  }
}
