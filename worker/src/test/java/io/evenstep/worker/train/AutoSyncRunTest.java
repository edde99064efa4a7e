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
import io.evenstep.worker.cost.ChosenSync;
import io.evenstep.worker.cost.SyncChoice;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import io.evenstep.worker.progress.ProgressEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that may choose among sums, sharing and averaging. */
class AutoSyncRunTest {
  private static final SyncPlan SHARING =
      new SyncPlan.Sharing(SyncPlan.Method.TOP_K, 0.9, 1e-3, 0, 0, 0);
  private static final SyncPlan AVERAGING =
      new SyncPlan.Averaging(2, false, 4, SyncPlan.Outer.MEAN);
  private static final SyncPlan CODED =
      new SyncPlan.Averaging(2, false, 4, new SyncPlan.Outer(1, 0, Wire.INT8));
  private static final SyncPlan.AnyOf ANY =
      new SyncPlan.AnyOf(
          List.of(
              new SyncPlan.AllReduce(),
              new SyncPlan.AllReduce(Wire.INT8),
              SHARING,
              AVERAGING,
              CODED));

  @TempDir Path folder;
  private TestRun run;
  private final List<ProgressEvent> events = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
    run.networks = AutoSyncRunTest::mlp;
  }

  /** Measuring computes shards and updates, and must leave no trace. */
  @ParameterizedTest
  @ValueSource(strings = {"A", "AABB", "ABC"})
  void givesTheBitsOfTheWayThatItChooses(String seating) throws Exception {
    run.sync = ANY;
    run.listener = events::add;
    seat(seating);
    List<WorkerReport> reports = run.run(seating.length());
    ChosenSync choice = reports.get(0).bytesPerStep().sync();
    assertThat(reports)
        .allSatisfy(each -> assertThat(each.bytesPerStep().sync()).isEqualTo(choice));
    assertThat(choice.figures())
        .containsKeys(
            "float32Milliseconds",
            "int8Milliseconds",
            "sharingMilliseconds",
            "averagingMilliseconds",
            "averagingInt8Milliseconds");
    assertThat(choice.figures().values()).allSatisfy(figure -> assertThat(figure).isPositive());
    assertThat(choice.reason()).contains("predicted step: float32 ").contains(" is ");
    assertThat(events).contains(new ProgressEvent.SyncChosen(choice.reason()));
    run.sync = SyncChoice.kept(ANY.ways(), choice.way()).orElseThrow().plan();
    assertThat(reports.get(0).model().parametersSha256()).isEqualTo(run.sha(1));
  }

  /** With averaging, ranks of a process that have measured together train by themselves. */
  @ParameterizedTest
  @CsvSource({"sharing, AAB", "sharing, AB", "averaging, AAB", "averaging-int8, AABB"})
  void resumesInTheWayThatItHasChosen(String name, String seating) throws Exception {
    SyncPlan way =
        Map.of("sharing", SHARING, "averaging", AVERAGING, "averaging-int8", CODED).get(name);
    run.sync = way;
    String undisturbed = run.sha(2);
    run.output = folder.resolve("interrupted");
    run.checkpointSteps = 2;
    run.networks = () -> new DyingLearner(mlp(), 8, () -> true);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(RuntimeException.class);
    run.networks = AutoSyncRunTest::mlp;
    run.resume = TrainingPlan.Resume.MUST;
    run.sync = ANY;
    seat(seating);
    List<WorkerReport> reports = run.run(seating.length());
    ChosenSync choice = reports.get(0).bytesPerStep().sync();
    assertThat(choice.way()).isEqualTo(name);
    assertThat(choice.sync()).isEqualTo(name.replace("-int8", ""));
    assertThat(choice.reason()).isEqualTo(name + " was chosen when this run began");
    assertThat(reports)
        .allSatisfy(each -> assertThat(each.model().parametersSha256()).isEqualTo(undisturbed));
  }

  @Test
  void beginsAnewWithAnotherMeasurementWhereThereIsNothingToResume() throws Exception {
    run.sync = ANY;
    run.resume = TrainingPlan.Resume.AUTO;
    assertThat(run.run(2).get(0).bytesPerStep().sync().figures()).hasSizeGreaterThanOrEqualTo(5);
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

  /** Its ranks can share a replica. */
  private static Learner mlp() {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", List.of(30, 20))),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("relu", 0.2),
            new NetworkSpec.Penalties(0, 1e-4, 1e-3),
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec("adam", 0.01, Map.of())),
                new ScheduleSpec("constant", 0, 100, Map.of()),
                Clipping.NONE),
            3);
    return Learners.of(
        Networks.build(spec, DataShape.of(Shape.of(TestPack.INPUTS), Shape.of(1), Task.REGRESSION)),
        spec.updates().clipping(),
        EngineChoice.STEP);
  }
}
