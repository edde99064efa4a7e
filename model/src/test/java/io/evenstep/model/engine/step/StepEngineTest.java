package io.evenstep.model.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.ConfigException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Range;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The fast engine behind the face that the trainer sees, beside DL4J's. */
class StepEngineTest {
  private static final int ROWS = 12;
  private static final int STEPS = 7;

  private static Artifact artifact(MultiLayerConfiguration configuration) throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, zip, true);
    return new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN);
  }

  private static MultiLayerConfiguration mlp() {
    NeuralNetConfiguration.Builder common = Cases.common(new Adam(0.01)).l2(0.001);
    return Cases.stack(
        common,
        InputType.feedForward(6),
        Cases.dense(9),
        new BatchNormalization.Builder().build(),
        Cases.output());
  }

  private static Learner learner(Artifact artifact, Clipping clipping, EngineChoice choice) {
    return Engines.open(artifact, new Objective(clipping, Manner.JOB, choice));
  }

  private static double step(Learner learner, MiniBatch batch, int step) {
    double loss = learner.pass().accumulate(batch, step, learner.gradient());
    learner.apply(step, 0, ROWS, new Range(0, learner.parameters().length()));
    return loss;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05})
  void takesTheStepsThatDl4jTakes(double clipNorm) throws IOException {
    Artifact artifact = artifact(mlp());
    Clipping clipping = new Clipping(0, clipNorm);
    Learner fast = learner(artifact, clipping, EngineChoice.STEP);
    Learner reference = learner(artifact, clipping, EngineChoice.DL4J);
    MiniBatch batch = Cases.rows(1, ROWS, 6);

    for (int step = 0; step < 50; step++) {
      assertThat(step(fast, batch, step)).isCloseTo(step(reference, batch, step), within(1e-3));
    }

    assertThat(fast.parameters().array().distance2(reference.parameters().array()))
        .isLessThan(1e-3);
    assertThat(fast.scorer().loss(batch)).isCloseTo(reference.scorer().loss(batch), within(1e-3));
    try (Predictions ours = fast.scorer().predict(batch);
        Predictions theirs = reference.scorer().predict(batch)) {
      assertThat(ours.outputs().get(0).distance2(theirs.outputs().get(0))).isLessThan(1e-3);
    }
  }

  @Test
  void savesWhereItStandsAndGoesOnFromThere() throws IOException {
    MiniBatch batch = Cases.rows(1, ROWS, 6);
    Learner whole = learner(artifact(mlp()), Clipping.NONE, EngineChoice.STEP);
    Learner first = learner(artifact(mlp()), Clipping.NONE, EngineChoice.STEP);
    for (int step = 0; step < 10; step++) {
      step(whole, batch, step);
      step(first, batch, step);
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    first.save(zip);
    Artifact saved = new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN);
    Learner second = learner(saved, Clipping.NONE, EngineChoice.STEP);

    step(whole, batch, 10);
    step(second, batch, 0); // of the new run; the zip has the ten before it

    assertThat(second.parameters().sha256()).isEqualTo(whole.parameters().sha256());
  }

  @Test
  void isChosenWhereItCoversTheNetworkAndSaysWhyNotElsewhere() throws IOException {
    Artifact covered = artifact(mlp());
    Artifact other =
        artifact(
            Cases.stack(
                InputType.feedForward(6),
                new DenseLayer.Builder().nOut(4).weightNoise(new DropConnect(0.5)).build(),
                Cases.output()));
    Objective auto = new Objective(Clipping.NONE, Manner.JOB, EngineChoice.AUTO);

    assertThat(Engines.choose(covered, auto).engine().name()).isEqualTo("step");
    assertThat(Engines.choose(other, auto).engine().name()).isEqualTo("dl4j");
    assertThat(Engines.choose(other, auto).objection().orElseThrow())
        .startsWith("layer 0 (DenseLayer): ");
    assertThatThrownBy(() -> learner(other, Clipping.NONE, EngineChoice.STEP))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "Invalid training.engine: must be auto or dl4j for this network: layer 0 (DenseLayer): ")
        .hasMessageEndingWith("got step");
  }

  @Test
  void leavesSequencesOfUnequalLengthsToDl4jWhereALayerCannotMaskThem() throws IOException {
    Artifact bothWays =
        artifact(
            Cases.stack(
                InputType.recurrent(4, 7),
                new Bidirectional(Bidirectional.Mode.ADD, new SimpleRnn.Builder().nOut(5).build()),
                new LastTimeStep(new LSTM.Builder().nOut(5).build()),
                Cases.output()));

    assertThat(Engines.choose(bothWays, masked(false)).engine().name()).isEqualTo("step");
    assertThat(Engines.choose(bothWays, masked(true)).engine().name()).isEqualTo("dl4j");
    assertThat(Engines.choose(bothWays, masked(true)).objection())
        .hasValue("layer 0 (Bidirectional): a mask of its input");
  }

  private static Objective masked(boolean isMasked) {
    return Objective.inference(EngineChoice.AUTO, List.of(isMasked));
  }

  @Test
  void predictsNextTokensAsDl4jDoes() throws IOException {
    Artifact network =
        artifact(
            Cases.stack(
                InputType.recurrent(Cases.CLASSES, STEPS),
                new EmbeddingSequenceLayer.Builder()
                    .nIn(Cases.CLASSES)
                    .nOut(4)
                    .inferInputLength(true)
                    .build(),
                new LSTM.Builder().nOut(6).build(),
                new RnnOutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(Cases.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build()));
    Learner fast = learner(network, Clipping.NONE, EngineChoice.STEP);
    Learner reference = learner(network, Clipping.NONE, EngineChoice.DL4J);
    MiniBatch batch = tokens();

    for (int step = 0; step < 20; step++) {
      assertThat(step(fast, batch, step)).isCloseTo(step(reference, batch, step), within(1e-4));
    }

    assertThat(fast.parameters().array().distance2(reference.parameters().array()))
        .isLessThan(1e-4);
    assertThat(fast.scorer().loss(batch)).isCloseTo(reference.scorer().loss(batch), within(1e-4));
    try (Predictions ours = fast.scorer().predict(batch);
        Predictions theirs = reference.scorer().predict(batch)) {
      assertThat(ours.outputs().get(0).distance2(theirs.outputs().get(0))).isLessThan(1e-4);
    }
  }

  /** Each step has its share of a row's loss; the last one has no token. */
  private static MiniBatch tokens() {
    INDArray features = Nd4j.create(ROWS, STEPS);
    INDArray labels = Nd4j.create(ROWS, Cases.CLASSES, STEPS);
    INDArray mask = Nd4j.create(ROWS, STEPS);
    for (int row = 0; row < ROWS; row++) {
      for (int step = 0; step < STEPS; step++) {
        features.putScalar(row, step, (row + 2 * step) % Cases.CLASSES);
        if (step < STEPS - 1) {
          labels.putScalar(row, (row + 2 * step + 2) % Cases.CLASSES, step, 1);
          mask.putScalar(row, step, 1.0 / STEPS);
        }
      }
    }
    return new MiniBatch(
        List.of(features), List.of(labels), List.of(), List.of(Optional.of(mask)), ROWS);
  }

  @Test
  void saysWhichLibraryItsBitsDependOn() throws IOException {
    Learner learner = learner(artifact(mlp()), Clipping.NONE, EngineChoice.STEP);
    assertThat(learner.platform()).containsPattern("oneDNN 3\\.\\d+\\.\\d+ \\w+");
  }
}
