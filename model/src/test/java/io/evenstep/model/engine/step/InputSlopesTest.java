package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.normal;
import static io.evenstep.model.engine.step.Cases.oneHot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.ConfigException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.Attack;
import io.evenstep.model.engine.ClassWeights;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Precision;
import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The slopes of a network's inputs, and training on rows that they attack. */
class InputSlopesTest {
  private static final int ROWS = 6;
  private static final Attack ATTACK = new Attack(0.1, 0.25, -2, 2);

  record Trained(String name, Model network, INDArray features) {
    MiniBatch batch() {
      return MiniBatch.of(features, oneHot(2, (int) features.size(0)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Trained> networks() {
    return Stream.concat(sequences(), Stream.of(new Trained("graph", graph(), normal(1, ROWS, 7))));
  }

  static Stream<Trained> sequences() {
    return Stream.of(
        new Trained(
            "dense",
            sequence(InputType.feedForward(20), Cases.dense(9), Cases.output()),
            normal(1, ROWS, 20)),
        new Trained(
            "batch normalisation",
            sequence(
                InputType.convolutional(6, 6, 2),
                Cases.convolution(3, 3),
                new BatchNormalization.Builder().build(),
                Cases.dense(9),
                Cases.output()),
            normal(1, ROWS, 2, 6, 6)),
        new Trained(
            "recurrent",
            sequence(
                InputType.recurrent(4, 5),
                new LastTimeStep(new LSTM.Builder().nOut(6).build()),
                Cases.output()),
            normal(1, ROWS, 4, 5)));
  }

  private static MultiLayerNetwork sequence(
      InputType input, org.deeplearning4j.nn.conf.layers.Layer... layers) {
    MultiLayerConfiguration configuration = Cases.stack(input, layers);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  /** The input is taken twice; dropout draws in training only. */
  private static ComputationGraph graph() {
    ComputationGraphConfiguration configuration =
        Cases.common()
            .graphBuilder()
            .addInputs("in")
            .addLayer("left", Cases.dense(8), "in")
            .addLayer("drop", new DropoutLayer(0.5), "left")
            .addVertex("joint", new MergeVertex(), "drop", "in")
            .addLayer("out", Cases.output(), "joint")
            .setOutputs("out")
            .setInputTypes(InputType.feedForward(7))
            .build();
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    return network;
  }

  private static Artifact artifact(Model network) throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, zip, true);
    return new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN);
  }

  private static Learner learner(Artifact artifact, EngineChoice engine, Attack attack) {
    return Engines.open(
        artifact,
        new Objective(
            Clipping.NONE,
            Manner.JOB,
            engine,
            ClassWeights.NONE,
            Precision.FLOAT32,
            attack,
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void equalTheDifferencesOfTheLossInInference(Trained it) throws IOException {
    Learner learner = learner(artifact(it.network()), EngineChoice.STEP, Attack.NONE);
    for (int step = 0; step < 5; step++) { // so that running statistics are not the first ones
      learner.pass().accumulate(it.batch(), step, learner.gradient());
      learner.apply(step, 0, ROWS, new Range(0, learner.parameters().length()));
    }
    Scorer scorer = learner.scorer();
    FloatBuffer slopes = scorer.inputSlopes(it.batch()).get(0);
    float[] found = new float[slopes.limit()];
    slopes.get(found);

    for (int i = 0; i < found.length; i += 3) {
      double width = 0.02;
      double above = lossAt(scorer, it, i, width);
      double below = lossAt(scorer, it, i, -width);
      assertThat((above - below) / (2 * width)).isCloseTo(found[i], within(2e-3));
    }
    assertThat(found).hasSize((int) it.features().length());
  }

  private static double lossAt(Scorer scorer, Trained it, int number, double by) {
    INDArray moved = it.features().dup('c');
    moved.putScalar(number, moved.getDouble(number) + by);
    return scorer.loss(MiniBatch.of(moved, it.batch().labels().get(0)));
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void attackedGradientsAreTheSameInBothEngines(Trained it) throws IOException {
    Artifact artifact = artifact(it.network());
    Learner fast = learner(artifact, EngineChoice.STEP, ATTACK);
    Learner reference = learner(artifact, EngineChoice.DL4J, ATTACK);
    Learner plain = learner(artifact, EngineChoice.STEP, Attack.NONE);

    double loss = fast.pass().accumulate(it.batch(), 1, fast.gradient());
    double expected = reference.pass().accumulate(it.batch(), 1, reference.gradient());
    double clean = plain.pass().accumulate(it.batch(), 1, plain.gradient());

    assertThat(loss).isCloseTo(expected, within(1e-4)).isGreaterThan(clean + 0.01);
    assertThat(fast.gradient().array().distance2(reference.gradient().array())).isLessThan(1e-4);
    assertThat(fast.gradient().array().distance2(plain.gradient().array())).isGreaterThan(1e-2);
  }

  @Test
  void anAttackedGradientMixesThoseOfCleanAndMovedRows() throws IOException {
    Trained it = sequences().findFirst().orElseThrow();
    Artifact artifact = artifact(it.network());
    Learner plain = learner(artifact, EngineChoice.STEP, Attack.NONE);
    INDArray moved = it.features().dup('c');
    FloatBuffer slopes = plain.scorer().inputSlopes(it.batch()).get(0);
    for (int i = 0; i < moved.length(); i++) {
      double to = moved.getDouble(i) + 0.1 * Math.signum(slopes.get(i));
      double most = Math.max(2, moved.getDouble(i));
      moved.putScalar(i, Math.min(Math.max(to, Math.min(-2, moved.getDouble(i))), most));
    }
    plain.pass().accumulate(it.batch(), 1, plain.gradient());
    INDArray mix = plain.gradient().array().mul(0.75);
    MiniBatch rows = MiniBatch.of(moved, it.batch().labels().get(0));
    plain.pass().accumulate(rows, 1, plain.gradient());
    mix.addi(plain.gradient().array().mul(0.25));

    Learner attacked = learner(artifact, EngineChoice.STEP, ATTACK);
    attacked.pass().accumulate(it.batch(), 1, attacked.gradient());

    assertThat(attacked.gradient().array().distance2(mix)).isLessThan(1e-5);
  }

  @Test
  void dl4jsGraphsCannotBeAttacked() throws IOException {
    Artifact artifact = artifact(graph());

    assertThatThrownBy(() -> learner(artifact, EngineChoice.DL4J, ATTACK))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid training.adversarial.epsilon: must be 0 for a graph with the engine dl4j,"
                + " got 0.1");
  }
}
