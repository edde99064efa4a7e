package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.DivergedException;
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
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums that are rounded on every edge of the tree: the same bits for any assignment of shards. */
class WireRunTest {
  @TempDir Path folder;
  private TestRun run;

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
    run.batch = 41; // 203 rows: 5 steps per epoch; with 43 the last batch has 31
    run.epochs = 2;
    run.networks = () -> mlp(EngineChoice.STEP, List.of(70, 40), 0.01);
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"BFLOAT16", "INT8"})
  void givesTheSameBitsInAnySeating(Wire wire) throws Exception {
    String exact = run.sha(1);
    run.sync = new SyncPlan.AllReduce(wire);
    String alone = run.sha(1);
    assertThat(alone).isNotEqualTo(exact);
    for (String seating : List.of("AB", "ABC", "AA", "AAA", "AAB", "ABA", "AABB", "ABCDEFGH")) {
      seat(seating);
      assertThat(run.sha(seating.length())).as("%s in %s", wire, seating).isEqualTo(alone);
    }
  }

  /** The last batch of an epoch has 3 rows: five of eight shards are absent. */
  @ParameterizedTest
  @CsvSource({"BFLOAT16, STEP", "INT8, STEP", "INT8, DL4J"})
  void givesTheSameBitsWithShardsThatHaveNoRows(Wire wire, EngineChoice engine) throws Exception {
    run.batch = 40;
    run.networks = () -> mlp(engine, List.of(16), 0.01);
    run.sync = new SyncPlan.AllReduce(wire);
    String alone = run.sha(1);
    for (String seating : List.of("AB", "ABC", "AAB", "ABAB")) {
      seat(seating);
      assertThat(run.sha(seating.length())).as("%s in %s", wire, seating).isEqualTo(alone);
    }
  }

  /**
   * One part per worker: different numbers of workers may give different bits, but replicas agree.
   */
  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"BFLOAT16", "INT8"})
  void keepsReplicasTheSameWhereBitsNeedNotRepeat(Wire wire) throws Exception {
    run.reproducible = false;
    run.sync = new SyncPlan.AllReduce(wire);
    String apart = run.sha(3);
    seat("AAB");
    assertThat(run.sha(3)).isEqualTo(apart);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 1", "BFLOAT16, 0.5", "INT8, 0.2578125"})
  void sendsFewerBytes(Wire wire, double share) throws Exception {
    run.epochs = 1;
    run.networks = () -> mlp(EngineChoice.STEP, List.of(1280, 64), 0.01);
    run.sync = new SyncPlan.AllReduce(wire);
    seat("AABB");
    WorkerReport.BytesPerStep bytes = run.run(4).get(0).bytesPerStep();
    double whole = run.networks.get().parameters().byteLength(); // 2(H-1)/H is 1
    assertThat(2 * bytes.lowerBound() / (whole * share)).isBetween(0.999, 1.001);
    assertThat(bytes.sent() / bytes.lowerBound()).isBetween(1.0, 1.02);
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"BFLOAT16", "INT8"})
  void resumesToTheSameBits(Wire wire) throws Exception {
    run.sync = new SyncPlan.AllReduce(wire);
    String undisturbed = run.sha(2);
    run.output = folder.resolve("interrupted");
    run.checkpointSteps = 3;
    run.networks =
        () -> new DyingLearner(mlp(EngineChoice.STEP, List.of(70, 40), 0.01), 8, () -> true);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(RuntimeException.class);
    run.networks = () -> mlp(EngineChoice.STEP, List.of(70, 40), 0.01);
    run.resume = TrainingPlan.Resume.MUST;
    assertThat(run.sha(3)).isEqualTo(undisturbed);
  }

  @Test
  void keepsTheFormatThatItHasChosen() throws Exception {
    run.sync = new SyncPlan.AllReduce(Wire.INT8);
    String undisturbed = run.sha(2);
    run.output = folder.resolve("chosen");
    run.checkpointSteps = 3;
    run.networks =
        () -> new DyingLearner(mlp(EngineChoice.STEP, List.of(70, 40), 0.01), 8, () -> true);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(RuntimeException.class);
    run.networks = () -> mlp(EngineChoice.STEP, List.of(70, 40), 0.01);
    run.resume = TrainingPlan.Resume.MUST;
    run.sync = anyOf(Wire.values());
    WorkerReport report = run.run(3).get(0);
    assertThat(report.model().parametersSha256()).isEqualTo(undisturbed);
    ChosenSync choice = report.bytesPerStep().sync();
    assertThat(choice.wire()).isEqualTo(Wire.INT8);
    assertThat(choice.reason()).isEqualTo("int8 was chosen when this run began");
    assertThat(choice.figures()).isEmpty();
  }

  @Test
  void givesTheBitsOfTheFormatThatItChooses() throws Exception {
    run.sync = anyOf(Wire.BFLOAT16, Wire.INT8);
    WorkerReport report = run.run(2).get(0);
    ChosenSync choice = report.bytesPerStep().sync();
    assertThat(choice.figures()).containsKeys("bfloat16Milliseconds", "int8Milliseconds");
    run.sync = new SyncPlan.AllReduce(choice.wire());
    assertThat(report.model().parametersSha256()).isEqualTo(run.sha(1));
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"BFLOAT16", "INT8"})
  void stopsWhenItDiverges(Wire wire) {
    run.sync = new SyncPlan.AllReduce(wire);
    run.networks = () -> mlp(EngineChoice.STEP, List.of(16), 1e30);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(DivergedException.class);
  }

  private static SyncPlan anyOf(Wire... wires) {
    List<SyncPlan> ways = new ArrayList<>();
    for (Wire wire : wires) {
      ways.add(new SyncPlan.AllReduce(wire));
    }
    return new SyncPlan.AnyOf(ways);
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

  private static Learner mlp(EngineChoice engine, List<Integer> hidden, double rate) {
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
                Clipping.NONE),
            3);
    return Learners.of(
        Networks.build(spec, DataShape.of(Shape.of(TestPack.INPUTS), Shape.of(1), Task.REGRESSION)),
        spec.updates().clipping(),
        engine);
  }
}
