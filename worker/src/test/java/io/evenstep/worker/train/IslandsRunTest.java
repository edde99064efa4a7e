package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Local steps of a fixed number of islands: the bits do not depend on the workers. */
class IslandsRunTest {
  private static final int ISLANDS = 4;

  @TempDir Path folder;
  private TestRun run;
  private final AtomicReference<Learner> first = new AtomicReference<>();

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
    run.batch = 41; // 203 rows: 5 steps per epoch
    run.networks = () -> mlp(EngineChoice.STEP);
  }

  @ParameterizedTest
  @CsvSource({
    "STEP, false, 1, 0, FLOAT32",
    "STEP, true, 0.7, 0.9, FLOAT32",
    "STEP, false, 0.7, 0.9, INT8",
    "DL4J, false, 0.7, 0.9, BFLOAT16"
  })
  void givesTheSameBitsForAnyNumberOfWorkers(
      EngineChoice engine, boolean state, double rate, double momentum, Wire wire)
      throws Exception {
    run.networks = () -> mlp(engine);
    run.sync = islands(ISLANDS, 3, state, new SyncPlan.Outer(rate, momentum, wire));
    String alone = run.sha(1);
    for (int workers = 2; workers <= ISLANDS; workers++) {
      assertThat(run.sha(workers)).as("%d workers", workers).isEqualTo(alone);
    }
  }

  @Test
  void dependsOnTheNumberOfIslandsAndOfSteps() throws Exception {
    SyncPlan.Outer outer = new SyncPlan.Outer(0.7, 0.9, Wire.FLOAT32);
    run.sync = islands(ISLANDS, 2, false, outer);
    String alone = run.sha(1);
    run.sync = islands(ISLANDS - 1, 2, false, outer);
    assertThat(run.sha(1)).isNotEqualTo(alone);
    run.sync = islands(ISLANDS, 3, false, outer);
    assertThat(run.sha(1)).isNotEqualTo(alone);
  }

  /** Rows are split over islands as they are over workers without them. */
  @Test
  void isPlainAveragingWithOneIslandPerWorker() throws Exception {
    run.sync = new SyncPlan.Averaging(3, true);
    String workers = run.sha(3);
    run.sync = islands(3, 3, true, SyncPlan.Outer.MEAN);
    assertThat(run.sha(2)).isEqualTo(workers);
  }

  /** Within rounding, because changes rather than parameters are added. */
  @Test
  void isPlainAveragingWithTheOuterRateOfOneAndNoMomentum() throws Exception {
    run.sync = islands(ISLANDS, 2, false, SyncPlan.Outer.MEAN);
    float[] plain = parametersAfterRun();
    run.sync = islands(ISLANDS, 2, false, new SyncPlan.Outer(1, 1e-12, Wire.FLOAT32));
    assertThat(parametersAfterRun()).containsExactly(plain, within(1e-4f));
  }

  private float[] parametersAfterRun() throws Exception {
    first.set(null);
    run.networks =
        () -> {
          Learner made = mlp(EngineChoice.STEP);
          first.compareAndSet(null, made);
          return made;
        };
    run.run(1);
    FloatBuffer floats = first.get().parameters().bytes().asFloatBuffer();
    float[] all = new float[floats.remaining()];
    floats.get(all);
    return all;
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void resumesToTheSameBitsWithOtherWorkers(boolean state) throws Exception {
    run.sync = islands(ISLANDS, 2, state, new SyncPlan.Outer(0.7, 0.9, Wire.FLOAT32));
    String undisturbed = run.sha(2);
    run.output = folder.resolve("interrupted");
    run.checkpointSteps = 2;
    run.networks = () -> new DyingLearner(mlp(EngineChoice.STEP), 8, () -> true);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(RuntimeException.class);
    run.networks = () -> mlp(EngineChoice.STEP);
    run.resume = TrainingPlan.Resume.MUST;
    List<WorkerReport> reports = run.run(3);
    assertThat(reports)
        .extracting(report -> report.model().parametersSha256())
        .containsOnly(undisturbed);
    assertThat(reports.get(0).course().resumedFromStep()).isPositive();
  }

  /** With averaged optimizer state a survivor at an averaging has all there is to keep. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void recoversFromALostWorkerToTheSameBits(boolean state) throws Exception {
    run.sync = islands(ISLANDS, 2, state, new SyncPlan.Outer(0.7, 0.9, Wire.FLOAT32));
    String undisturbed = run.sha(2);
    run.output = folder.resolve("disturbed");
    run.checkpointSteps = 2;
    WorkerProcess survivor = new WorkerProcess();
    run.processes = rank -> rank == 0 ? survivor : new WorkerProcess();
    run.networks =
        () ->
            new DyingLearner(
                mlp(EngineChoice.STEP), 6, () -> Thread.currentThread().getName().endsWith("1"));
    for (Future<WorkerReport> rank : Ranks.start(2, run.rank(2))) {
      assertThatThrownBy(() -> rank.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
    run.networks = () -> mlp(EngineChoice.STEP);
    run.resume = TrainingPlan.Resume.AUTO;
    assertThat(run.sha(2)).isEqualTo(undisturbed);
  }

  private static SyncPlan islands(int islands, int every, boolean state, SyncPlan.Outer outer) {
    return new SyncPlan.Averaging(every, state, islands, outer);
  }

  private static Learner mlp(EngineChoice engine) {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", List.of(30, 20))),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("relu", 0.1),
            new NetworkSpec.Penalties(0, 1e-4, 0),
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec("adam", 0.01, Map.of())),
                new ScheduleSpec("constant", 0, 100, Map.of()),
                Clipping.NONE),
            3);
    return Learners.of(
        Networks.build(spec, DataShape.of(Shape.of(TestPack.INPUTS), Shape.of(1), Task.REGRESSION)),
        spec.updates().clipping(),
        engine);
  }
}
