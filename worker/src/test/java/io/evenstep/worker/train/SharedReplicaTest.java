package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DivergedException;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.mesh.Ranks;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ranks that share a process, and so a replica, give the same bits as ranks in separate processes.
 */
class SharedReplicaTest {
  @TempDir Path folder;
  private TestRun run;
  private final AtomicInteger opened = new AtomicInteger();

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
    run.batch = 41; // 203 rows: the last batch of an epoch is smaller
    run.networks = () -> mlp(0.01, 1e-3, EngineChoice.STEP);
    run.evaluators =
        OutputEvaluator.of(
            Map.of("label", () -> Evaluation.regression(1)),
            Judging.of(OutputEvaluator.Loss.OF_TASK));
  }

  /** A letter for each rank's process. */
  @ParameterizedTest
  @ValueSource(
      strings = {"AA", "AAA", "AAAA", "AAAAAAAA", "AAB", "ABB", "ABA", "AABB", "ABAB", "ABCA"})
  void givesTheSameBitsHoweverRanksAreSeated(String seating) throws Exception {
    WorkerReport alone = run.run(1).get(0);
    seat(seating);
    opened.set(0);

    List<WorkerReport> reports = run.run(seating.length());

    int hosts = (int) seating.chars().distinct().count();
    assertThat(opened).hasValue(hosts);
    for (int rank = 0; rank < reports.size(); rank++) {
      WorkerReport report = reports.get(rank);
      assertThat(report.rank()).isEqualTo(rank);
      assertThat(report.hosts()).isEqualTo(hosts);
      assertThat(report.model().parametersSha256()).isEqualTo(alone.model().parametersSha256());
      assertThat(report.scores().test()).isEqualTo(alone.scores().test());
      assertThat(report.history().epochLosses()).isEqualTo(alone.history().epochLosses());
      assertThat(report.history().epochValidations()).isEqualTo(alone.history().epochValidations());
    }
  }

  /**
   * Without shards each rank computes its part of the batch as a whole, in whatever process it is.
   */
  @Test
  void takesWholePartsOfABatch() throws Exception {
    run.reproducible = false;
    String apart = run.sha(3);
    seat("AAB");
    assertThat(run.sha(3)).isEqualTo(apart);
  }

  @Test
  void sendsOncePerHost() throws Exception {
    run.networks = () -> wide(64);
    seat("AABB");
    List<WorkerReport> reports = run.run(4);
    double sentByHost = 2 * reports.get(0).bytesPerStep().sent();
    double leastOfHost = 2 * reports.get(0).bytesPerStep().lowerBound();
    assertThat(leastOfHost).isEqualTo(run.networks.get().parameters().byteLength());
    assertThat(sentByHost / leastOfHost).isBetween(1.0, 1.02);
  }

  @Test
  void sendsNothingWithinOneProcess() throws Exception {
    seat("AAAA");
    assertThat(run.run(4)).extracting(report -> report.bytesPerStep().sent()).containsOnly(0.0);
  }

  @Test
  void sharesNoReplicaWhereTheEngineHasOnePass() throws Exception {
    run.networks = () -> mlp(0.01, 1e-3, EngineChoice.DL4J);
    String apart = run.sha(3);
    seat("AAB");
    opened.set(0);
    List<WorkerReport> reports = run.run(3);
    assertThat(opened).hasValue(3);
    assertThat(reports).extracting(WorkerReport::hosts).containsOnly(3);
    assertThat(reports).extracting(report -> report.model().parametersSha256()).containsOnly(apart);
  }

  @Test
  void resumesFromACheckpointInAnotherSeating() throws Exception {
    String undisturbed = run.sha(2);
    run.output = folder.resolve("half");
    run.epochs = 2;
    seat("AA");
    run.run(2);
    run.epochs = 3;
    run.resume = TrainingPlan.Resume.MUST;
    seat("ABA");
    List<WorkerReport> reports = run.run(3);
    assertThat(reports).extracting(report -> report.course().resumedFromStep()).containsOnly(10L);
    assertThat(reports)
        .extracting(report -> report.model().parametersSha256())
        .containsOnly(undisturbed);
  }

  /** Its host dies with it; the other host has the replica to resume from. */
  @Test
  void recoversFromAHostThatIsLeft() throws Exception {
    String undisturbed = run.sha(2);
    run.output = folder.resolve("disturbed");
    WorkerProcess first = new WorkerProcess();
    WorkerProcess second = new WorkerProcess();
    run.processes = rank -> rank < 2 ? first : second;
    failIn("-2", 3);
    List<Future<WorkerReport>> attempt = Ranks.start(4, run.rank(4));
    assertThat(failure(attempt.get(0))).isInstanceOf(RankLostException.class);
    assertThat(failure(attempt.get(1))).isInstanceOf(RankLostException.class);
    assertThat(failure(attempt.get(3))).hasMessageContaining("dying");

    run.augmenters = () -> Augmenter.NONE;
    WorkerProcess fresh = new WorkerProcess();
    run.processes = rank -> rank < 2 ? first : fresh;
    List<WorkerReport> reports = run.run(4);
    assertThat(reports)
        .extracting(report -> report.model().parametersSha256())
        .containsOnly(undisturbed);
    assertThat(reports.get(0).course().resumedFromStep()).isPositive();
  }

  /** A failure of one member ends all ranks of its host. */
  @Test
  void failsAsAWholeWhenOneRankFails() throws Exception {
    seat("AAA");
    failIn("-1", 2);
    List<Future<WorkerReport>> attempt = Ranks.start(3, run.rank(3));
    for (Future<WorkerReport> rank : attempt) {
      assertThat(failure(rank)).hasMessageContaining("dying");
    }
  }

  @Test
  void namesTheRankWhoseShardDiverged() throws Exception {
    run.networks = () -> mlp(1e30, 0, EngineChoice.STEP);
    seat("AAB");
    assertThatThrownBy(() -> run.run(3))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("Rank 0 at step ");
  }

  private void seat(String seating) {
    Map<Character, WorkerProcess> processes = new HashMap<>();
    run.processes =
        rank -> {
          synchronized (processes) {
            return processes.computeIfAbsent(seating.charAt(rank), each -> new WorkerProcess());
          }
        };
  }

  /** The feed of a rank fails at a given step. */
  private void failIn(String feed, int step) {
    Map<String, AtomicInteger> calls = new HashMap<>();
    run.augmenters =
        () ->
            (batch, key) -> {
              String thread = Thread.currentThread().getName();
              synchronized (calls) {
                int call =
                    calls.computeIfAbsent(thread, each -> new AtomicInteger()).incrementAndGet();
                if (thread.endsWith(feed) && call > step) {
                  throw new IllegalStateException("dying");
                }
              }
              return batch;
            };
  }

  private static Throwable failure(Future<WorkerReport> rank) throws Exception {
    try {
      rank.get(60, TimeUnit.SECONDS);
      throw new AssertionError("It did not fail");
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private Learner mlp(double rate, double clipNorm, EngineChoice engine) {
    return network(List.of(70, 40), rate, new Clipping(0, clipNorm), engine);
  }

  private Learner wide(int width) {
    return network(List.of(width * 20, width), 0.01, Clipping.NONE, EngineChoice.STEP);
  }

  private Learner network(List<Integer> hidden, double rate, Clipping clip, EngineChoice engine) {
    opened.incrementAndGet();
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", hidden)),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("relu", 0.2),
            new NetworkSpec.Penalties(0, 1e-4, 0),
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec("adam", rate, Map.of())),
                new ScheduleSpec("constant", 0, 100, Map.of()),
                clip),
            3);
    return Learners.of(
        Networks.build(spec, DataShape.of(Shape.of(TestPack.INPUTS), Shape.of(1), Task.REGRESSION)),
        spec.updates().clipping(),
        engine);
  }
}
