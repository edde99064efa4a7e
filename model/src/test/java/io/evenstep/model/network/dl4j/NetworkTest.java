package io.evenstep.model.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.SampleNetworks;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NetworkTest {
  private static final Shape VECTOR = Shape.of(6);

  @Test
  void givesTheSameGradientForTheSameKeyAlone() {
    Network network = mlp(0.5, Clipping.NONE);
    MiniBatch batch = SampleNetworks.batch(16, VECTOR, 3, 1);

    String first = gradient(network, batch, 42);

    assertThat(gradient(network, batch, 43)).isNotEqualTo(first);
    assertThat(gradient(network, batch, 42)).isEqualTo(first);
  }

  @Test
  void weightsBatchStatisticsByRows() {
    List<Map<String, Object>> layers =
        List.of(Map.of("type", "dense", "units", 4), Map.of("type", "batchNorm", "decay", 0.5));
    Network network = build(SampleNetworks.spec(new NetworkSpec.Layers(layers)));
    MiniBatch batch = SampleNetworks.batch(12, VECTOR, 3, 1);
    List<INDArray> statistics = ((Dl4jNetwork) network).statistics();
    INDArray sum = Nd4j.zerosLike(network.gradient());
    INDArray before = statistics.get(0).dup();
    for (MiniBatch shard : SampleNetworks.split(batch, 9, 3)) {
      network.computeGradient(shard, 0);
      before.addi(statistics.get(0).div(12));
      sum.addi(network.gradient());
    }
    long offset = statistics.get(0).offset() - network.gradient().offset();
    float running = network.parameters().getFloat(offset);

    network.gradient().assign(sum);
    network.step(0, 0, 12);

    assertThat(network.parameters().getFloat(offset))
        .isCloseTo(running - before.getFloat(0), offset(1e-6f));
  }

  @Test
  void clipsTheWholeGradientByItsNorm() {
    NetworkSpec spec =
        SampleNetworks.spec(
            new NetworkSpec.Named("mlp", Map.of("hidden", List.of(5))),
            new OptimizerSpec("sgd", 1, Map.of()),
            SampleNetworks.CONSTANT);
    Network network = build(SampleNetworks.withClipping(spec, new Clipping(0, 0.25)));
    INDArray before = network.parameters().dup();
    network.computeGradient(SampleNetworks.batch(8, VECTOR, 3, 1), 0);
    network.gradient().muli(100);

    network.step(0, 0, 8);

    assertThat(network.parameters().sub(before).norm2Number().doubleValue())
        .isCloseTo(0.25, offset(1e-5));
  }

  @Test
  void keepsItsArraysWhereTheyAre() {
    Network network = mlp(0, Clipping.NONE);
    long parameters = network.parameters().data().address();
    long gradient = network.gradient().data().address();
    for (int step = 0; step < 3; step++) {
      network.computeGradient(SampleNetworks.batch(4, VECTOR, 3, step), 0);
      network.step(step, 0, 4);
    }

    assertThat(network.parameters().data().address()).isEqualTo(parameters);
    assertThat(network.gradient().data().address()).isEqualTo(gradient);
    INDArray live = ((Dl4jNetwork) network).model().params();
    network.parameters().putScalar(0, 42);
    assertThat(live.getFloat(0)).isEqualTo(42f);
  }

  @Test
  void takesAStepWithoutHavingComputedAGradientItself() {
    Network busy = mlp(0, Clipping.NONE);
    Network idle = mlp(0, Clipping.NONE);
    busy.computeGradient(SampleNetworks.batch(4, VECTOR, 3, 1), 0);
    idle.gradient().assign(busy.gradient());

    busy.step(0, 0, 4);
    idle.step(0, 0, 4);

    assertThat(FlatArrays.sha256(idle.parameters()))
        .isEqualTo(FlatArrays.sha256(busy.parameters()));
  }

  @Test
  void stopsAtALossOrAGradientThatIsNoNumber() {
    Network network = mlp(0, Clipping.NONE);
    MiniBatch batch = SampleNetworks.batch(4, VECTOR, 3, 1);
    batch.features().get(0).putScalar(0, 0, Float.NaN);

    assertThatThrownBy(() -> network.computeGradient(batch, 0))
        .isInstanceOf(DivergedException.class)
        .hasMessage("Cannot continue: the loss must be a finite number, got NaN");

    network.gradient().assign(0).putScalar(3, Float.POSITIVE_INFINITY);
    assertThatThrownBy(() -> network.step(0, 0, 4))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("the gradient must be finite, but its sum of magnitudes is");
  }

  @Test
  void lossIsTheSumOverRowsWithoutPenalty() {
    Network network = build(SampleNetworks.withPenalties(spec(0), 0, 0.1, 0));
    MiniBatch batch = SampleNetworks.batch(10, VECTOR, 3, 1);

    double whole = network.loss(batch);
    double parts = SampleNetworks.split(batch, 7, 3).stream().mapToDouble(network::loss).sum();

    assertThat(parts).isCloseTo(whole, offset(1e-4));
    assertThat(network.computeGradient(batch, 0)).isCloseTo(whole, offset(1e-4));
    assertThat(network.penalty()).isPositive();
  }

  @Test
  void learnsToTellClustersApart() {
    Network network = mlp(0, Clipping.NONE);
    for (int step = 0; step < 150; step++) {
      network.computeGradient(clusters(32, step), step);
      network.step(step, 0, 32);
    }
    MiniBatch unseen = clusters(300, 12345);
    var evaluation = io.evenstep.model.metric.Evaluation.classification(3);
    evaluation.add(unseen.labels().get(0), network.predict(unseen).get(0));

    assertThat(evaluation.metrics("test").get("test.accuracy")).isGreaterThan(0.95);
    assertThat(evaluation.metrics("test").get("test.loss"))
        .isCloseTo(network.loss(unseen) / 300, offset(1e-5));
  }

  /** Three clouds of points, each around its own centre. */
  private static MiniBatch clusters(int rows, long seed) {
    INDArray labels = SampleNetworks.oneHot(rows, 3, seed);
    INDArray features = SampleNetworks.features(rows, VECTOR, seed + 1).muli(0.5);
    return MiniBatch.of(features.addi(Nd4j.concat(1, labels.mul(2), labels.mul(-1))), labels);
  }

  private static String gradient(Network network, MiniBatch batch, long key) {
    network.computeGradient(batch, key);
    return FlatArrays.sha256(network.gradient());
  }

  private static NetworkSpec spec(double dropout) {
    return SampleNetworks.withDropout(
        SampleNetworks.spec(new NetworkSpec.Named("mlp", Map.of("hidden", List.of(16)))), dropout);
  }

  private static Network mlp(double dropout, Clipping clipping) {
    return build(SampleNetworks.withClipping(spec(dropout), clipping));
  }

  private static Network build(NetworkSpec spec) {
    return Networks.build(spec, DataShape.of(VECTOR, Shape.of(3), Task.CLASSIFICATION));
  }
}
