package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import io.evenstep.worker.feed.RowOrder;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.plan.SyncPlan;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shards computed in pieces: one update for all pieces, with the same bits for any placement of
 * ranks.
 */
class AccumulationTest {
  private static final int PIECES = 3;

  @TempDir Path folder;
  private TestRun run;
  private final AtomicReference<Learner> learner = new AtomicReference<>();

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
    run.batch = 41; // 203 rows: the last batch has 39, a shard 4 or 5
    run.accumulate(PIECES);
    run.networks = () -> mlp(EngineChoice.STEP, 0.2);
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineChoice.class,
      names = {"DL4J", "STEP"})
  void givesTheSameBitsForAnyNumberOfWorkers(EngineChoice engine) throws Exception {
    run.networks = () -> mlp(engine, 0.2);
    List<String> shas = List.of(run.sha(1), run.sha(2), run.sha(3));
    assertThat(shas).containsOnly(shas.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AA", "AAA", "AAB", "ABA", "AABB", "AAAAAAAA"})
  void givesTheSameBitsHoweverRanksAreSeated(String seating) throws Exception {
    String alone = run.sha(1);
    seat(seating);
    assertThat(run.sha(seating.length())).isEqualTo(alone);
  }

  @ParameterizedTest
  @EnumSource(
      value = EngineChoice.class,
      names = {"DL4J", "STEP"})
  void equalsOneStepOfTheWholeBatchWithoutDropout(EngineChoice engine) throws Exception {
    run.networks = () -> kept(mlp(engine, 0));
    WorkerReport pieces = run.run(1).get(0);
    float[] inPieces = parameters();
    run.accumulate(1);
    WorkerReport whole = run.run(1).get(0);
    float[] atOnce = parameters();

    assertThat(pieces.course().steps()).isEqualTo(whole.course().steps());
    assertThat(pieces.course().examples()).isEqualTo(whole.course().examples());
    assertThat(pieces.model().parametersSha256()).isNotEqualTo(whole.model().parametersSha256());
    assertThat(inPieces).containsExactly(atOnce, within(1e-5f));
    for (int epoch = 0; epoch < whole.course().epochs(); epoch++) {
      assertThat(pieces.history().epochLosses().get(epoch))
          .isCloseTo(whole.history().epochLosses().get(epoch), within(1e-5));
    }
  }

  @Test
  void neverComputesMoreRowsAtOnceThanAPieceHas() throws Exception {
    List<Integer> rows = Collections.synchronizedList(new ArrayList<>());
    run.augmenters =
        () ->
            (batch, key) -> {
              rows.add(batch.rows());
              return batch;
            };
    run.run(2);
    assertThat(rows).isNotEmpty().allMatch(count -> count <= 2); // 6 rows of a shard in 3 pieces
    assertThat(rows.stream().mapToInt(Integer::intValue).sum()).isEqualTo(203 * run.epochs);
  }

  /** Where bits need not repeat, a worker's whole part is cut into pieces. */
  @Test
  void cutsWholePartsOfABatch() throws Exception {
    run.reproducible = false;
    String apart = run.sha(3);
    seat("AAB");
    assertThat(run.sha(3)).isEqualTo(apart);
  }

  @Test
  void accumulatesBetweenMeansOfParameters() throws Exception {
    run.sync = new SyncPlan.Averaging(2, true);
    run.networks = () -> kept(mlp(EngineChoice.STEP, 0));
    run.run(1);
    float[] inPieces = parameters();
    run.accumulate(1);
    run.run(1);
    assertThat(inPieces).containsExactly(parameters(), within(1e-5f));
  }

  @Test
  void resumesToTheSameBits() throws Exception {
    String undisturbed = run.sha(2);
    run.output = folder.resolve("interrupted");
    run.checkpointSteps = 3;
    run.networks = () -> new DyingLearner(mlp(EngineChoice.STEP, 0.2), 8, () -> true);
    assertThatThrownBy(() -> run.run(2)).isInstanceOf(RuntimeException.class);
    run.networks = () -> mlp(EngineChoice.STEP, 0.2);
    run.resume = TrainingPlan.Resume.MUST;
    assertThat(run.sha(3)).isEqualTo(undisturbed);
  }

  @Test
  void namesTheShardInWhichALossWentWrong() {
    run.networks = () -> mlp(EngineChoice.STEP, 0, 1e30);
    assertThatThrownBy(() -> run.run(2))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("(first in shard 0 of rank 0)");
  }

  @Test
  void refusesPiecesOfRowsInStoredOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              TrainingPlan.Data data = run.plan().data();
              new TrainingPlan.Data(
                  data.packFolder(),
                  data.train(),
                  data.validation(),
                  data.test(),
                  data.augmentations(),
                  RowOrder.STORED,
                  1,
                  2);
            })
        .withMessage("Invalid accumulate: must be 1, or more where rows are shuffled, got 2");
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

  private Learner kept(Learner made) {
    learner.set(made);
    return made;
  }

  private float[] parameters() {
    FloatBuffer floats = learner.get().parameters().bytes().asFloatBuffer();
    float[] all = new float[floats.remaining()];
    floats.get(all);
    return all;
  }

  private static Learner mlp(EngineChoice engine, double dropout) {
    return mlp(engine, dropout, 0.01);
  }

  private static Learner mlp(EngineChoice engine, double dropout, double rate) {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", List.of(16, 8))),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("selu", dropout),
            new NetworkSpec.Penalties(0, 0, 1e-3),
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec("momentum", rate, Map.of())),
                new ScheduleSpec("cosine", 3, 18, Map.of()),
                new Clipping(0, 1)),
            3);
    return Learners.of(
        Networks.build(spec, DataShape.of(Shape.of(TestPack.INPUTS), Shape.of(1), Task.REGRESSION)),
        spec.updates().clipping(),
        engine);
  }
}
