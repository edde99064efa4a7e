package io.evenstep.worker.collective;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Pass;
import io.evenstep.model.engine.StateSection;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.plan.ShardPlan;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.TestLimits;
import io.evenstep.worker.sync.ExactSync;
import io.evenstep.worker.train.Dl4jModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Steps of N workers over real sockets equal DL4J's {@code fit} of one network on the joined
 * batches.
 */
class WorkersEqualFitTest {
  private static final int SHARDS = 8;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Rows of the batches, the last one short: seven rows leave one of eight shards empty. */
  private static final int[] BATCHES = {24, 24, 22, 7};

  static Stream<Arguments> everyCombination() {
    return Stream.of("mlp", "cnn", "graph")
        .flatMap(
            network ->
                Stream.of("sgd", "nesterov", "adam")
                    .flatMap(
                        optimizer ->
                            Stream.of(1, 2, 3, 4)
                                .map(workers -> Arguments.of(network, optimizer, workers))));
  }

  @ParameterizedTest(name = "{0} {1} with {2} workers")
  @MethodSource("everyCombination")
  void takesTheStepsOfFitOnTheJoinedBatches(String kind, String optimizer, int workers)
      throws Exception {
    Model joined = Dl4jModels.create(kind, optimizer, Dl4jModels.CLIP);
    byte[] start = zip(Dl4jModels.create(kind, optimizer, 0));
    Secret secret = Secret.random();

    List<Learner> replicas =
        Ranks.run(
            workers,
            (rank, meeting) -> train(start, new Membership("fit", secret, rank, workers), meeting));
    for (int step = 0; step < BATCHES.length; step++) {
      fit(joined, batch(step));
    }

    for (Learner replica : replicas) {
      assertThat(distance(replica.parameters().array(), joined.params())).isLessThan(1e-6);
      if (optimizer.equals("sgd")) {
        assertThat(replica.state()).isEmpty();
        assertThat(stateOf(joined)).isNull();
      } else {
        assertThat(replica.state()).extracting(StateSection::name).containsExactly("optimizer");
        assertThat(distance(replica.state().get(0).region().array(), stateOf(joined)))
            .isLessThan(1e-6);
      }
    }
  }

  private static Learner train(byte[] start, Membership me, Rendezvous meeting) {
    Learner learner =
        Engines.open(
            new Artifact(start, AllowedTypes.BUILT_IN),
            new Objective(
                new Clipping(Dl4jModels.CLIP, 0), Objective.Manner.JOB, EngineChoice.DL4J));
    Pass pass = learner.pass();
    int from = Shares.firstShard(me.rank(), SHARDS, me.worldSize());
    int end = Shares.firstShard(me.rank() + 1, SHARDS, me.worldSize());
    try (Communicator world = Communicator.join(me, meeting, TestLimits.all(LIMIT), notice -> {})) {
      ExactSync sync =
          new ExactSync(
              world,
              learner,
              SHARDS,
              ExactSync.Listening.WHILE_COMPUTING,
              new StepClock(),
              step -> "unknown");
      for (int step = 0; step < BATCHES.length; step++) {
        int rows = BATCHES[step];
        sync.begin(step, rows);
        for (int shard = from; shard < Math.min(end, ShardPlan.present(rows, SHARDS)); shard++) {
          MiniBatch part = part(batch(step), shard, rows);
          sync.add(0, shard, part.rows(), pass.accumulate(part, 0, sync.target(0)));
        }
        sync.finish(step, 0, rows);
      }
    }
    return learner;
  }

  private static MiniBatch part(MiniBatch batch, int shard, int rows) {
    int first = 0;
    for (int before = 0; before < shard; before++) {
      first += ShardPlan.rowsOf(before, rows, SHARDS);
    }
    int end = first + ShardPlan.rowsOf(shard, rows, SHARDS);
    return MiniBatch.of(
        batch.features().get(0).get(NDArrayIndex.interval(first, end)).dup(),
        batch.labels().get(0).get(NDArrayIndex.interval(first, end)).dup());
  }

  private static MiniBatch batch(int step) {
    int rows = BATCHES[step];
    Nd4j.getRandom().setSeed(100 + step);
    INDArray features = Nd4j.rand(DataType.FLOAT, rows, 1, 10, 10);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, 3);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, (row * 7 + step) % 3, 1);
    }
    return MiniBatch.of(features, labels);
  }

  private static void fit(Model model, MiniBatch batch) {
    DataSet rows = new DataSet(batch.features().get(0), batch.labels().get(0));
    if (model instanceof MultiLayerNetwork layers) {
      layers.fit(rows);
    } else {
      ((ComputationGraph) model).fit(rows);
    }
  }

  private static INDArray stateOf(Model model) {
    return model instanceof MultiLayerNetwork layers
        ? layers.getUpdater().getStateViewArray()
        : ((ComputationGraph) model).getUpdater().getStateViewArray();
  }

  private static byte[] zip(Model model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(model, bytes, true);
    return bytes.toByteArray();
  }

  private static double distance(INDArray left, INDArray right) {
    return left.reshape(left.length())
        .sub(right.reshape(right.length()))
        .amaxNumber()
        .doubleValue();
  }
}
