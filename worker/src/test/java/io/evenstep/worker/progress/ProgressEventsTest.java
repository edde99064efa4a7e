package io.evenstep.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.net.TestSecret;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressEventsTest {
  private static final ProgressEvent RESUMED = new ProgressEvent.Resumed(2, true);
  private static final ProgressEvent STEP =
      new ProgressEvent.StepDone(
          3, 0, 384, 2.25, 1000.5, List.of(new ProgressEvent.LossPoint(3, 2.25)));
  private static final ProgressEvent EPOCH =
      new ProgressEvent.EpochDone(1, 40, Double.NaN, Map.of("loss", 0.5, "accuracy", 0.75), true);

  private static final ProgressEvent MEASURED =
      new ProgressEvent.StepMeasured(40, Double.NaN, 0.5, 1e-3, List.of(1e-3, Double.NaN));
  private static final ProgressEvent TIMES =
      new ProgressEvent.RankTimes(3, 40, Map.of(StepClock.Phase.WAIT, 12.5), 1L << 40);

  private static final ProgressEvent WEIGHTS =
      new ProgressEvent.WeightsSeen(
          40, List.of(new ProgressEvent.Histogram(-1.5, 2, 0.5, 12, List.of(3L, 0L, 1L << 40))));

  private static final ProgressEvent EVALUATING = new ProgressEvent.Evaluating("test", 5, 10);

  private static final ProgressEvent SKIPPED =
      new ProgressEvent.CheckpointSkipped("file:/runs/a/step.ckpt", "it is truncated");

  private final BlockingQueue<ProgressEvent> heard = new LinkedBlockingQueue<>();
  private final StopSign stop = new StopSign();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reachesTheDriver(boolean encrypted) throws Exception {
    Secret secret = encrypted ? TestSecret.SECRET.encrypting() : TestSecret.SECRET;
    try (ProgressServer server = ProgressServer.start("run", secret, heard::add);
        ProgressClient client = connect(server, secret)) {
      ProgressEvent first = reportUntilHeard(client);
      client.report(SKIPPED);
      client.report(RESUMED);
      client.report(EPOCH);
      client.report(MEASURED);
      client.report(TIMES);
      client.report(WEIGHTS);
      client.report(EVALUATING);
      assertThat(first).isEqualTo(STEP);
      ProgressEvent last = heard.poll(10, TimeUnit.SECONDS);
      while (STEP.equals(last)) {
        last = heard.poll(10, TimeUnit.SECONDS);
      }
      assertThat(last).isEqualTo(SKIPPED);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(RESUMED);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(EPOCH);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(MEASURED);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(TIMES);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(WEIGHTS);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(EVALUATING);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRankHearsThatItIsToStopWheneverItConnects(boolean encrypted) throws Exception {
    Secret secret = encrypted ? TestSecret.SECRET.encrypting() : TestSecret.SECRET;
    try (ProgressServer server = ProgressServer.start("run", secret, heard::add);
        ProgressClient early = connect(server, secret)) {
      reportUntilHeard(early);
      assertThat(stop.asked()).isFalse();
      server.askToStop();
      awaitStop(stop);

      StopSign late = new StopSign();
      try (ProgressClient newcomer =
          ProgressClient.connect("127.0.0.1", server.port(), "run", secret, late)) {
        awaitStop(late);
        reportUntilHeard(newcomer);
      }
    }
  }

  @Test
  void aStrangerIsNotHeard() throws Exception {
    try (ProgressServer server = ProgressServer.start("run", TestSecret.SECRET, heard::add);
        ProgressClient stranger = connect(server, Secret.random());
        ProgressClient client = connect(server, TestSecret.SECRET)) {
      stranger.report(EPOCH);
      assertThat(reportUntilHeard(client)).isEqualTo(STEP);
      stranger.report(EPOCH);
      assertThat(heard).doesNotContain(EPOCH);
    }
  }

  @Test
  void aDriverThatIsGoneDoesNoHarm() throws Exception {
    ProgressServer server = ProgressServer.start("run", TestSecret.SECRET, heard::add);
    try (ProgressClient client = connect(server, TestSecret.SECRET)) {
      reportUntilHeard(client);
      server.close();
      for (int i = 0; i < 1000; i++) {
        client.report(STEP);
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("evenstep-progress"));
  }

  private static void awaitStop(StopSign sign) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!sign.asked() && System.nanoTime() < limit) {
      Thread.onSpinWait();
    }
    assertThat(sign.asked()).isTrue();
  }

  private ProgressEvent reportUntilHeard(ProgressClient client) throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      client.report(STEP);
      ProgressEvent event = heard.poll(10, TimeUnit.MILLISECONDS);
      if (event != null) {
        return event;
      }
    }
    throw new AssertionError("No event within 10 s");
  }

  private ProgressClient connect(ProgressServer server, Secret secret) {
    return ProgressClient.connect("127.0.0.1", server.port(), "run", secret, stop);
  }
}
