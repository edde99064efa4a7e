package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DivergedException;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.SyncPlan.Method;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressed gradient sharing: the same bits for any assignment of shards, and few bytes. */
class SharingRunTest {
  @TempDir Path folder;
  private TestRun run;
  private int shardsOfDying;

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
    run.batch = 40; // 203 rows: the last batch of an epoch has 3 rows for 8 shards
    run.networks = () -> mlp(EngineChoice.STEP, List.of(30, 20), 0.05);
  }

  @ParameterizedTest
  @CsvSource({
    "STEP, THRESHOLD, AB ABC AAB",
    "STEP, TOP_K, AAB ABC",
    "STEP, DGC, AB AAB ABCDEFGH",
    "DL4J, DGC, ABC"
  })
  void givesTheSameBitsInAnySeating(EngineChoice engine, Method method, String seatings)
      throws Exception {
    run.networks = () -> mlp(engine, List.of(30, 20), 0.05);
    String exact = run.sha(1);
    run.sync = sharing(method);
    String alone = run.sha(1);
    assertThat(alone).isNotEqualTo(exact);
    for (String seating : seatings.split(" ")) {
      seat(seating);
      assertThat(run.sha(seating.length())).as("%s in %s", method, seating).isEqualTo(alone);
    }
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void learns(Method method) throws Exception {
    run.sync = sharing(method);
    run.epochs = 10;
    List<Double> losses = run.run(2).get(0).history().epochLosses();
    assertThat(losses.get(9)).isLessThan(losses.get(0) / 2);
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void resumesToTheSameBitsWithOtherWorkers(Method method) throws Exception {
    run.sync = sharing(method);
    String undisturbed = run.sha(2);
    run.output = folder.resolve("interrupted");
    run.checkpointSteps = 3;
    run.networks =
        () -> new DyingLearner(mlp(EngineChoice.STEP, List.of(30, 20), 0.05), 11, () -> true);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(RuntimeException.class);
    run.networks = () -> mlp(EngineChoice.STEP, List.of(30, 20), 0.05);
    run.resume = TrainingPlan.Resume.MUST;
    List<WorkerReport> reports = run.run(3);
    assertThat(reports)
        .extracting(report -> report.model().parametersSha256())
        .containsOnly(undisturbed);
    assertThat(reports.get(0).course().resumedFromStep()).isEqualTo(9);
  }

  /** The survivor lacks the residuals of the lost host, so all resume from the checkpoint. */
  @Test
  void recoversFromALostHostToTheSameBits() throws Exception {
    run.sync = sharing(Method.DGC);
    String undisturbed = run.sha(2);
    run.output = folder.resolve("disturbed");
    run.checkpointSteps = 2;
    WorkerProcess first = new WorkerProcess();
    run.processes = rank -> rank < 2 ? first : new WorkerProcess();
    run.augmenters =
        () ->
            (batch, key) -> {
              if (Thread.currentThread().getName().endsWith("-2")) {
                dieInTheMiddle();
              }
              return batch;
            };
    for (Future<WorkerReport> rank : Ranks.start(3, run.rank(3))) {
      assertThat(failure(rank)).isNotNull();
    }
    assertThat(first.take(TestSecret.SECRET)).isEmpty();

    run.augmenters = () -> Augmenter.NONE;
    run.resume = TrainingPlan.Resume.AUTO;
    List<WorkerReport> reports = run.run(3);
    assertThat(reports)
        .extracting(report -> report.model().parametersSha256())
        .containsOnly(undisturbed);
    assertThat(reports.get(0).course().resumedFromStep()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void sendsAHundredTimesFewerBytes(Method method) throws Exception {
    run.epochs = 1;
    run.networks = () -> mlp(EngineChoice.STEP, List.of(1280, 64), 0.01);
    run.shards = 4;
    run.sync = new SyncPlan.Sharing(method, 0.999, 1e-3, 0.9, 0, 0);
    seat("AB");
    WorkerReport.BytesPerStep bytes = run.run(2).get(0).bytesPerStep();
    double whole = run.networks.get().parameters().byteLength(); // 2(H-1)/H is 1
    assertThat(whole / bytes.sent()).isGreaterThan(100);
    assertThat(bytes.lowerBound()).isPositive().isLessThanOrEqualTo(bytes.sent());
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void stopsWhenItDiverges(Method method) {
    run.sync = sharing(method);
    run.networks = () -> mlp(EngineChoice.STEP, List.of(16), 1e30);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(DivergedException.class);
  }

  /** Called for each shard of the rank that dies. */
  private synchronized void dieInTheMiddle() {
    if (++shardsOfDying > 20) {
      throw new IllegalStateException("dying");
    }
  }

  private static SyncPlan.Sharing sharing(Method method) {
    return new SyncPlan.Sharing(method, 0.9, 1e-3, 0.8, 5, 4);
  }

  private void seat(String seating) {
    Map<Character, WorkerProcess> processes = new HashMap<>();
    run.processes =
        rank -> {
          synchronized (processes) {
            return processes.computeIfAbsent(seating.charAt(rank), letter -> new WorkerProcess());
          }
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

  private static Learner mlp(EngineChoice engine, List<Integer> hidden, double rate) {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", hidden)),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("relu", 0.1),
            new NetworkSpec.Penalties(0, 1e-4, 0),
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec("sgd", rate, Map.of())),
                new ScheduleSpec("constant", 0, 100, Map.of()),
                Clipping.NONE),
            3);
    return Learners.of(
        Networks.build(spec, DataShape.of(Shape.of(TestPack.INPUTS), Shape.of(1), Task.REGRESSION)),
        spec.updates().clipping(),
        engine);
  }
}
