package io.evenstep.worker.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.catalog.layer.LayerDefaults;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of a DL4J network with dropout and Adam, over real sockets. */
class RealNetworkTest {
  @TempDir Path folder;
  private TestRun run;

  @BeforeEach
  void prepare() throws Exception {
    run = new TestRun(folder);
    run.networks = () -> mlp("adam", 0.01, 0.2);
    run.evaluators =
        OutputEvaluator.of(
            Map.of("label", () -> Evaluation.regression(1)),
            Judging.of(OutputEvaluator.Loss.OF_TASK));
  }

  @Test
  void givesTheSameBitsForAnyNumberOfWorkers() throws Exception {
    WorkerReport alone = run.run(1).get(0);
    for (int workers : new int[] {2, 3, 4, 8}) {
      for (WorkerReport report : run.run(workers)) {
        assertThat(report.model().parametersSha256()).isEqualTo(alone.model().parametersSha256());
        assertThat(report.scores().test()).isEqualTo(alone.scores().test());
      }
    }
    assertThat(alone.scores().test()).containsKeys("test.loss", "test.r2");
    assertThat(alone.history().epochLosses().get(2))
        .isLessThan(alone.history().epochLosses().get(0));
  }

  @Test
  void aWholePartAtOnceIsOneShardAWorker() throws Exception {
    run.shards = 2;
    WorkerReport twoShards = run.run(2).get(0);
    run.shards = 8;
    run.reproducible = false;
    WorkerReport wholeParts = run.run(2).get(0);
    assertThat(wholeParts.model().parametersSha256())
        .isEqualTo(twoShards.model().parametersSha256());
  }

  private static Learner mlp(String optimizer, double rate, double dropout) {
    NetworkSpec spec =
        new NetworkSpec(
            new NetworkSpec.Named("mlp", Map.of("hidden", List.of(16, 8))),
            Optional.empty(),
            Optional.empty(),
            "xavier",
            new LayerDefaults("relu", dropout),
            new NetworkSpec.Penalties(0, 1e-4, 0),
            new NetworkSpec.Updates(
                Optional.of(new OptimizerSpec(optimizer, rate, Map.of())),
                new ScheduleSpec("constant", 0, 100, Map.of()),
                new Clipping(0, 1)),
            3);
    return Learners.of(
        Networks.build(spec, DataShape.of(Shape.of(TestPack.INPUTS), Shape.of(1), Task.REGRESSION)),
        spec.updates().clipping());
  }
}
