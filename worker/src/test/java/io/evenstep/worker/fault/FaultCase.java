package io.evenstep.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.fault.FrameFault.Way;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.TestLimits;
import io.evenstep.worker.train.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a seed's training with its faults, attempt after attempt as the driver does. Thread-safe.
 */
final class FaultCase {
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final Limits SHORT = limits(Duration.ofMillis(500), AMPLE);
  private static final Limits SHORT_SILENCE = limits(AMPLE, Duration.ofMillis(1200));
  private static final Limits LONG = TestLimits.all(AMPLE);
  private static final int SHORT_ATTEMPTS = 3; // then one with LONG, for busy machines

  private final SmallTraining training;
  private final Map<SmallTraining.Setup, Undisturbed> undisturbed = new ConcurrentHashMap<>();

  FaultCase(Path folder) throws IOException {
    this.training = new SmallTraining(folder);
  }

  /**
   * The outcome of a case.
   *
   * @param attempts number of attempts
   * @param struck the faults that happened
   * @param losses errors of all ranks in all attempts
   */
  record Outcome(int attempts, List<FrameFault> struck, List<RankLostException> losses) {}

  private record Undisturbed(String sha256, Map<Way, Integer> messages) {}

  /** Runs a case. Throws if anything is wrong; the message has the seed. */
  Outcome run(long seed) {
    FrameFaultPlan plan = new FrameFaultPlan(seed);
    SmallTraining.Setup setup = plan.setup();
    Undisturbed good = undisturbed.computeIfAbsent(setup.undisturbed(), this::disturbNothing);
    List<FrameFault> faults = plan.faults(good.messages);
    try {
      return inOwnGroup("seed-" + seed, output -> attempts(setup, faults, good.sha256, output));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("Seed " + seed + ": " + setup + " with " + faults + ": " + e, e);
    }
  }

  private Outcome attempts(
      SmallTraining.Setup setup, List<FrameFault> faults, String sha256, Path output)
      throws Exception {
    List<FrameFault> struck = new ArrayList<>();
    List<RankLostException> losses = new ArrayList<>();
    Limits shorter = setup.silent() ? SHORT_SILENCE : SHORT;
    List<WorkerProcess> processes = processes(setup.ranks());
    for (int number = 0; ; number++) {
      int current = number;
      List<FrameFault> own = faults.stream().filter(fault -> fault.attempt() == current).toList();
      Limits limits = number < SHORT_ATTEMPTS ? shorter : LONG;
      Attempt attempt = Attempt.run(training, setup, limits, processes, output, own);
      assertThat(attempt.reports())
          .extracting(report -> report.model().parametersSha256())
          .allMatch(sha256::equals);
      struck.addAll(attempt.struck());
      losses.addAll(attempt.losses());
      if (attempt.done()) {
        return new Outcome(number + 1, struck, losses);
      }
      assertThat(number)
          .as("the attempt without faults, with long limits")
          .isLessThan(SHORT_ATTEMPTS);
      replaceDead(processes, setup.survivors());
    }
  }

  /** A process for each rank. */
  static List<WorkerProcess> processes(int ranks) {
    return Stream.generate(WorkerProcess::new).limit(ranks).collect(Collectors.toList());
  }

  private static void replaceDead(List<WorkerProcess> processes, int survivors) {
    for (int rank = 0; rank < processes.size(); rank++) {
      if ((survivors >> rank & 1) == 0) {
        processes.set(rank, new WorkerProcess());
      }
    }
  }

  private static Limits limits(Duration peer, Duration silence) {
    return new Limits(Duration.ofMillis(1000), peer, silence, AMPLE, 1 << 14);
  }

  private Undisturbed disturbNothing(SmallTraining.Setup setup) {
    try {
      Attempt attempt =
          inOwnGroup(
              "undisturbed",
              output ->
                  Attempt.run(training, setup, LONG, processes(setup.ranks()), output, List.of()));
      assertThat(attempt.losses()).isEmpty();
      List<String> shas =
          attempt.reports().stream()
              .map(report -> report.model().parametersSha256())
              .distinct()
              .toList();
      assertThat(shas).hasSize(1);
      return new Undisturbed(shas.get(0), attempt.messages());
    } catch (Exception e) {
      throw new AssertionError("Undisturbed " + setup + ": " + e, e);
    }
  }

  private interface InFolder<T> {
    T run(Path output) throws Exception;
  }

  /** Runs an action in its own thread group, to find threads that it leaves behind. */
  private <T> T inOwnGroup(String name, InFolder<T> task) throws Exception {
    Path output = training.newRun();
    FutureTask<T> future = new FutureTask<>(() -> task.run(output));
    Thread thread = new Thread(new ThreadGroup(name), future, name);
    thread.start();
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    } finally {
      delete(output);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
