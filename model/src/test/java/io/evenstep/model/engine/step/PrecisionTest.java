package io.evenstep.model.engine.step;

import static io.evenstep.model.engine.step.Cases.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

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
import io.evenstep.model.engine.step.kernel.OneDnn;
import io.evenstep.model.layer.SelfAttention;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Products of factors that were rounded to bfloat16. */
class PrecisionTest {
  private static final int ROWS = 8;
  private static final int INPUTS = 6;

  private static Objective objective(EngineChoice engine, Precision precision) {
    return new Objective(
        Clipping.NONE, Manner.JOB, engine, ClassWeights.NONE, precision, Attack.NONE, List.of());
  }

  private static Artifact artifact(MultiLayerConfiguration configuration) throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, zip, true);
    return new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN);
  }

  private static double[] gradient(
      MultiLayerConfiguration network, MiniBatch batch, INDArray parameters, Precision precision) {
    INDArray gradient = Nd4j.create(parameters.length());
    ShardShape shape = ShardShape.of(batch);
    try (StepProgram program = StepCompiler.forTraining(network, shape, precision)) {
      program.load(parameters.data().address());
      program.shard().of(batch);
      program.accumulate(1, gradient.data().address());
    }
    return gradient.toDoubleVector();
  }

  /** The nearer of the two neighbours whose lower half is 0. */
  private static double rounded(double number) {
    int bits = Float.floatToIntBits((float) number) & 0xffff0000;
    double below = Float.intBitsToFloat(bits);
    double above = Float.intBitsToFloat(bits + 0x10000);
    return Math.abs(number - below) <= Math.abs(number - above) ? below : above;
  }

  @Test
  void factorsAreRoundedAndNothingElse() {
    MultiLayerConfiguration network = Cases.stack(InputType.feedForward(INPUTS), Cases.output());
    MiniBatch batch = Cases.rows(1, ROWS, INPUTS);
    INDArray parameters = new Dl4jReference(network).parameters();
    INDArray in = batch.features().get(0);
    INDArray labels = batch.labels().get(0);
    double[] expected = new double[INPUTS * CLASSES + CLASSES];
    for (int row = 0; row < ROWS; row++) {
      double[] out = new double[CLASSES];
      double sum = 0;
      for (int j = 0; j < CLASSES; j++) {
        out[j] = parameters.getDouble(INPUTS * CLASSES + j);
        for (int i = 0; i < INPUTS; i++) {
          out[j] += rounded(in.getDouble(row, i)) * rounded(parameters.getDouble(j * INPUTS + i));
        }
        out[j] = Math.exp(out[j]);
        sum += out[j];
      }
      for (int j = 0; j < CLASSES; j++) {
        double slope = rounded((float) (out[j] / sum - labels.getDouble(row, j)));
        expected[INPUTS * CLASSES + j] += slope;
        for (int i = 0; i < INPUTS; i++) {
          expected[j * INPUTS + i] += rounded(in.getDouble(row, i)) * slope;
        }
      }
    }

    double[] emulated = gradient(network, batch, parameters, Precision.BFLOAT16_EMULATED);

    // The last bits of exp may turn the rounding of a slope, by 1/256 of it.
    assertThat(emulated).containsExactly(expected, within(2e-3));
    assertThat(distance(emulated, expected)).isLessThan(5e-4);
    double[] exact = gradient(network, batch, parameters, Precision.FLOAT32);
    assertThat(distance(exact, expected)).isGreaterThan(1e-3);
  }

  private static double distance(double[] one, double[] other) {
    double squares = 0;
    double norm = 0;
    for (int i = 0; i < one.length; i++) {
      squares += (one[i] - other[i]) * (one[i] - other[i]);
      norm += other[i] * other[i];
    }
    return Math.sqrt(squares / norm);
  }

  @Test
  void gradientsOfConvolutionsAreNearThoseOfFloat32() {
    MultiLayerConfiguration network = Cases.lenet(new Adam(0.01));
    MiniBatch batch = Cases.rows(1, ROWS, 2, 12, 12);
    INDArray parameters = new Dl4jReference(network).parameters();

    double[] exact = gradient(network, batch, parameters, Precision.FLOAT32);
    double[] emulated = gradient(network, batch, parameters, Precision.BFLOAT16_EMULATED);

    assertThat(distance(emulated, exact)).isBetween(1e-4, 3e-2);
    assertThat(gradient(network, batch, parameters, Precision.BFLOAT16_EMULATED))
        .containsExactly(emulated);
  }

  @Test
  void learnsAndRecordsHow() throws IOException {
    Learner learner = learned(Precision.BFLOAT16_EMULATED);
    assertThat(learner.platform()).endsWith(", emulated bfloat16 products");
  }

  private static Learner learned(Precision precision) throws IOException {
    Artifact artifact = artifact(Cases.mlp(new Adam(0.01)));
    Learner learner = Engines.open(artifact, objective(EngineChoice.AUTO, precision));
    MiniBatch batch = Cases.rows(1, ROWS, 20);
    double first = learner.pass().accumulate(batch, 0, learner.gradient());
    for (int step = 0; step < 40; step++) {
      double loss = learner.pass().accumulate(batch, step, learner.gradient());
      assertThat(loss).isFinite();
      learner.apply(step, 0, ROWS, new Range(0, learner.parameters().length()));
    }

    assertThat(learner.scorer().loss(batch)).isLessThan(first / 4);
    return learner;
  }

  @Test
  void recurrentLayersStayWithFloat32() throws IOException {
    MultiLayerConfiguration network =
        Cases.stack(
            InputType.recurrent(3, 4),
            new LSTM.Builder().nOut(5).build(),
            new RnnOutputLayer.Builder().nOut(CLASSES).build());

    assertThat(new StepEngine().unrounded(artifact(network))).containsExactly("layer 0 (LSTM)");
    MultiLayerConfiguration last =
        Cases.stack(
            InputType.recurrent(4, 4),
            SelfAttention.ofAllSteps(2),
            new LastTimeStep(new Bidirectional(new LSTM.Builder().nOut(5).build())),
            new OutputLayer.Builder().nOut(CLASSES).build());
    assertThat(new StepEngine().unrounded(artifact(last)))
        .containsExactly("layer 0 (SelfAttention)", "layer 1 (LastTimeStep)");
    assertThat(new StepEngine().unrounded(artifact(Cases.mlp(new Adam(0.01))))).isEmpty();
  }

  @Test
  void isRefusedWhereItCannotBeHad() throws IOException {
    Artifact artifact = artifact(Cases.mlp(new Adam(0.01)));

    assertThatThrownBy(
            () ->
                Engines.choose(artifact, objective(EngineChoice.DL4J, Precision.BFLOAT16_EMULATED)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid training.precision: must be float32 with the engine dl4j,"
                + " got bfloat16-emulated");
    if (OneDnn.bfloat16Description().isEmpty()) {
      assertThatThrownBy(
              () -> Engines.open(artifact, objective(EngineChoice.AUTO, Precision.BFLOAT16)))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith(
              "Invalid training.precision: must be float32 or bfloat16-emulated on a processor"
                  + " without instructions for bfloat16");
    }
  }

  @ParameterizedTest
  @MethodSource("networksWithProducts")
  void theProcessorComputesWhatIsEmulated(MultiLayerConfiguration network, MiniBatch batch) {
    assumeThat(OneDnn.bfloat16Description()).as("the processor has bfloat16").isPresent();
    INDArray parameters = new Dl4jReference(network).parameters();

    double[] native16 = gradient(network, batch, parameters, Precision.BFLOAT16);

    double[] emulated = gradient(network, batch, parameters, Precision.BFLOAT16_EMULATED);
    double[] exact = gradient(network, batch, parameters, Precision.FLOAT32);
    assertThat(distance(native16, emulated)).isLessThan(distance(exact, emulated) / 2);
    assertThat(distance(native16, exact)).isBetween(1e-4, 3e-2);
    assertThat(gradient(network, batch, parameters, Precision.BFLOAT16)).containsExactly(native16);
  }

  static Stream<Arguments> networksWithProducts() {
    MultiLayerConfiguration upsampled =
        Cases.stack(
            InputType.convolutional(8, 8, 2),
            new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build(),
            new Deconvolution2D.Builder(3, 3).nOut(3).activation(Activation.TANH).build(),
            Cases.output());
    return Stream.of(
        Arguments.of(Cases.mlp(new Adam(0.01)), Cases.rows(1, ROWS, 20)),
        Arguments.of(Cases.lenet(new Adam(0.01)), Cases.rows(1, ROWS, 2, 12, 12)),
        Arguments.of(upsampled, Cases.rows(1, ROWS, 2, 8, 8)));
  }

  @Test
  void theProcessorLearnsAndRecordsHow() throws IOException {
    assumeThat(OneDnn.bfloat16Description()).as("the processor has bfloat16").isPresent();
    Learner learner = learned(Precision.BFLOAT16);
    assertThat(learner.platform())
        .endsWith(", " + OneDnn.bfloat16Description().orElseThrow() + ", bfloat16 products");
  }
}
