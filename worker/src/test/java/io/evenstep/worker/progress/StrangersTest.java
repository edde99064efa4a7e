package io.evenstep.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.net.Strangers;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.net.Usage;
import io.evenstep.worker.train.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Strangers connect to a run's ports. None is accepted, no memory is kept for them, and the run
 * continues.
 */
class StrangersTest {
  private static final long SEED = 11;
  private static final int EPOCHS = 10;
  private static final int FEW = 140;
  private static final int MANY = 10_000;

  /** A chunk of Netty's pool has 4 MB; a kilobyte kept for each stranger would be 9. */
  private static final long HEAP_ALLOWANCE = 8 << 20;

  private static final long DIRECT_ALLOWANCE = 4 << 20;
  private static final long FILES_ALLOWANCE = 8;

  @TempDir private Path folder;

  @Test
  void aFewAtAWorkerWhileTheRanksMeet() throws Exception {
    knockAtAWorker(FEW);
  }

  @Test
  @Tag("slow")
  void manyAtAWorkerWhileTheRanksMeet() throws Exception {
    knockAtAWorker(MANY);
  }

  @Test
  void aFewAtTheDriverDuringARun() throws Exception {
    knockAtTheDriver(FEW);
  }

  @Test
  @Tag("slow")
  void manyAtTheDriverDuringARun() throws Exception {
    knockAtTheDriver(MANY);
  }

  /** Rank 0 arrives late, so that rank 1 listens while strangers connect. */
  private void knockAtAWorker(int knocks) throws Exception {
    TestRun run = new TestRun(folder);
    String undisturbed = run.sha(2);
    CountDownLatch gone = new CountDownLatch(1);
    List<Integer> admitted = new ArrayList<>();
    List<Usage> usage = new ArrayList<>();
    run.approach =
        (rank, real) -> {
          if (rank == 0) {
            return new Beset(real, port -> await(gone));
          }
          return new Beset(
              real,
              port -> {
                Membership member = new Membership("test-run", TestSecret.SECRET, 0, 2);
                Strangers strangers = Strangers.atMesh(port, member, SEED);
                admitted.add(knock(strangers, knocks / EPOCHS)); // classes and pools exist now
                usage.add(Usage.settled());
                admitted.add(knock(strangers, knocks));
                usage.add(Usage.settled());
                gone.countDown();
              });
        };

    assertThat(run.sha(2)).isEqualTo(undisturbed);
    assertThat(admitted).as("let in; seed " + SEED).containsExactly(0, 0);
    assertFlat(usage.get(0), usage.get(1));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Strangers know the port before another rank can. */
  private record Beset(Rendezvous real, IntConsumer strangers) implements Rendezvous {
    @Override
    public String host() {
      return real.host();
    }

    @Override
    public List<String> allGather(String message) {
      if (Ranks.isAddress(message)) {
        strangers.accept(Ranks.port(message));
      }
      return real.allGather(message);
    }
  }

  /** Some at the end of each epoch, while rank 0 reports it to the driver. */
  private void knockAtTheDriver(int knocks) throws Exception {
    TestRun run = new TestRun(folder);
    run.epochs = EPOCHS;
    String undisturbed = run.sha(2);
    List<ProgressEvent> heard = Collections.synchronizedList(new ArrayList<>());
    List<ProgressEvent> told = new ArrayList<>();
    List<Integer> admitted = new ArrayList<>();
    List<Usage> usage = new ArrayList<>();
    Secret secret = Secret.random();
    try (ProgressServer server = ProgressServer.start("run", secret, heard::add)) {
      Strangers strangers = Strangers.atDriver(server.port(), "run", secret, SEED);
      try (ProgressClient client =
          ProgressClient.connect("127.0.0.1", server.port(), "run", secret, new StopSign())) {
        run.listener =
            event -> {
              synchronized (told) { // each rank reports its times
                told.add(event);
                client.report(event);
              }
              if (event instanceof ProgressEvent.EpochDone) {
                admitted.add(knock(strangers, knocks / EPOCHS));
                if (admitted.size() == 1 || admitted.size() == EPOCHS) {
                  usage.add(Usage.settled());
                }
              }
            };
        assertThat(run.sha(2)).isEqualTo(undisturbed);
      }
      assertThat(heard).isEqualTo(told);
    }
    assertThat(admitted).as("let in; seed " + SEED).hasSize(EPOCHS).containsOnly(0);
    assertFlat(usage.get(0), usage.get(1));
  }

  private static int knock(Strangers strangers, int times) {
    try {
      return strangers.knock(times);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertFlat(Usage before, Usage after) {
    assertThat(after.heapBytes() - before.heapBytes()).as("heap").isLessThan(HEAP_ALLOWANCE);
    assertThat(after.directBytes() - before.directBytes())
        .as("direct memory")
        .isLessThan(DIRECT_ALLOWANCE);
    assertThat(after.files() - before.files()).as("files").isLessThan(FILES_ALLOWANCE);
  }
}
