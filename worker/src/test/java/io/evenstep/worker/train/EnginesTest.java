package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.evenstep.worker.progress.ProgressListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Networks with dropout, a schedule and weight decay on either engine: the same bits for any number
 * of workers, after a resume and after the loss of a rank.
 */
class EnginesTest {
  private static final int DYING_STEP = 8;

  @TempDir Path folder;
  private TestRun run;

  static Stream<EngineChoice> engines() {
    return Stream.of(EngineChoice.DL4J, EngineChoice.STEP);
  }

  static Stream<Arguments> enginesAndOptimizers() {
    return engines()
        .flatMap(
            engine ->
                Stream.of("adam", "adabelief", "lamb", "lars", "lion")
                    .map(optimizer -> Arguments.of(engine, optimizer)));
  }

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
  }

  @ParameterizedTest
  @MethodSource("enginesAndOptimizers")
  void givesTheSameBitsForAnyNumberOfWorkers(EngineChoice engine, String optimizer)
      throws Exception {
    run.networks = () -> mlp(engine, optimizer);
    List<String> shas = List.of(run.sha(1), run.sha(2), run.sha(3));
    assertThat(shas).containsOnly(shas.get(0));
    WorkerProcess one = new WorkerProcess();
    run.processes = rank -> one;
    assertThat(run.sha(3)).isEqualTo(shas.get(0));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void resumesToTheSameBits(EngineChoice engine) throws Exception {
    run.networks = () -> mlp(engine, "lamb");
    String undisturbed = run.sha(2);
    run.output = folder.resolve("interrupted");
    run.checkpointSteps = 3;
    run.networks = () -> new DyingLearner(mlp(engine, "lamb"), DYING_STEP, () -> true);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(RuntimeException.class);

    run.networks = () -> mlp(engine, "lamb");
    run.resume = TrainingPlan.Resume.MUST;
    assertThat(run.sha(3)).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void goesOnFromASurvivorToTheSameBits(EngineChoice engine) throws Exception {
    run.networks = () -> mlp(engine, "lamb");
    String undisturbed = run.sha(1);
    run.output = folder.resolve("disturbed");
    List<WorkerProcess> processes =
        IntStream.range(0, 3).mapToObj(i -> new WorkerProcess()).toList();
    run.networks = () -> new DyingLearner(mlp(engine, "lamb"), DYING_STEP, EnginesTest::isSecond);
    for (Future<WorkerReport> rank : attempt(processes)) {
      assertThatThrownBy(() -> rank.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }

    run.networks = () -> mlp(engine, "lamb");
    List<WorkerProcess> after = List.of(processes.get(0), new WorkerProcess(), processes.get(2));
    for (Future<WorkerReport> rank : attempt(after)) {
      WorkerReport report = rank.get(60, TimeUnit.SECONDS);
      assertThat(report.course().resumedFromStep()).isGreaterThanOrEqualTo(DYING_STEP);
      assertThat(report.model().parametersSha256()).isEqualTo(undisturbed);
    }
  }

  private static boolean isSecond() {
    return Thread.currentThread().getName().equals("rank-1");
  }

  private List<Future<WorkerReport>> attempt(List<WorkerProcess> processes) {
    TrainingPlan plan = run.plan();
    return Ranks.start(
        processes.size(),
        (rank, rendezvous) -> {
          Thread.currentThread().setName("rank-" + rank);
          return run.work(
              plan,
              rank,
              processes.size(),
              rendezvous,
              processes.get(rank),
              ProgressListener.SILENT);
        });
  }

  private static Learner mlp(EngineChoice engine, String optimizer) {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", List.of(16, 8))),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("selu", 0.2),
            new NetworkSpec.Penalties(0, 0, 1e-3),
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec(optimizer, 0.01, Map.of())),
                new ScheduleSpec("cosine", 3, 20, Map.of()),
                new Clipping(0, 1)),
            3);
    return Learners.of(
        Networks.build(spec, DataShape.of(Shape.of(TestPack.INPUTS), Shape.of(1), Task.REGRESSION)),
        spec.updates().clipping(),
        engine);
  }
}
