package io.evenstep.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small trainings through a firewall that applies seeded faults to what the ranks send. Each
 * attempt must end in time, with the right bits or a named error on every rank, and leave no thread
 * and no connection. Together, the attempts must give the bits of an undisturbed run. {@code
 * -Devenstep.fault.seed=N} runs only seed N.
 */
class FirewallTest {
  private static final int AT_ONCE = 12; // cases mostly wait
  private static final Duration LIMIT = Duration.ofMinutes(20);

  @TempDir Path folder;

  @Test
  void endsInTheRightBitsOrANamedErrorWhateverHappensToFrames() throws Exception {
    Long seed = Long.getLong("evenstep.fault.seed");
    FaultSummary summary = seed == null ? runSeeds(0, 50) : runSeeds(seed, seed + 1);
    assertThat(summary.cases()).isEqualTo(seed == null ? 50 : 1);
  }

  @Test
  @Tag("slow")
  void endsInTheRightBitsOrANamedErrorForAThousandSeeds() throws Exception {
    FaultSummary summary = runSeeds(1000, 2000);
    assertThat(summary.cases()).isEqualTo(1000);
    assertThat(summary.strikes()).containsOnlyKeys(FrameFault.Kind.values());
    assertThat(summary.strikes().values()).allMatch(count -> count >= 50);
  }

  private FaultSummary runSeeds(long first, long end) throws Exception {
    FaultCase cases = new FaultCase(folder);
    FaultSummary summary = new FaultSummary();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    for (long seed = first; seed < end; seed++) {
      long current = seed;
      threads.execute(() -> run(cases, current, summary));
    }
    threads.shutdown();
    boolean ended = threads.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS);
    System.out.println(summary);
    assertThat(summary.failures()).isEmpty();
    assertThat(ended).as("all cases ended").isTrue();
    return summary;
  }

  private static void run(FaultCase cases, long seed, FaultSummary summary) {
    try {
      summary.add(cases.run(seed));
    } catch (AssertionError e) {
      summary.add(e);
    }
  }
}
