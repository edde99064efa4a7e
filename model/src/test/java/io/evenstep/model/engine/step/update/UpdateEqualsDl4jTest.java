package io.evenstep.model.engine.step.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.catalog.Optimizers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** A hundred steps of each optimizer equal DL4J's to 1e-6. */
class UpdateEqualsDl4jTest {
  static final int ROWS = 12;
  private static final int STEPS = 100;

  static {
    NativeRuntime.oneThread();
  }

  static Stream<String> optimizers() {
    return Optimizers.names().stream();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void stepsAsDl4jDoes(String name) {
    requireEqual(common(name), 0);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void penalisesAsDl4jDoes(String name) {
    requireEqual(common(name).l1(0.01).l2(0.02), 0, STEPS / 5);
    requireEqual(common(name).weightDecay(0.03), 0, STEPS / 5);
  }

  @Test
  void clipsEachEntryAsDl4jDoes() {
    requireEqual(
        common("adam")
            .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
            .gradientNormalizationThreshold(0.05),
        0);
  }

  @Test
  void followsASchedule() {
    NeuralNetConfiguration.Builder common =
        common("adam")
            .updater(new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.01, 0.99)));
    requireEqual(common, 0);
  }

  @Test
  void updatesWhateverTheRangesAre() {
    MultiLayerNetwork whole = network(common("adam").l2(0.01));
    MultiLayerNetwork cut = network(common("adam").l2(0.01));
    FusedUpdate one = update(whole, 0);
    FusedUpdate two = update(cut, 0);
    long length = whole.numParams();
    for (int step = 0; step < 3; step++) {
      fill(whole, step);
      fill(cut, step);
      one.begin(step, 0, ROWS);
      one.apply(0, length);
      two.begin(step, 0, ROWS);
      for (long at = 0; at < length; at += 7) {
        two.apply(at, Math.min(length, at + 7));
      }
    }
    assertThat(cut.params().toFloatVector()).containsExactly(whole.params().toFloatVector());
  }

  @Test
  void clipsByValueThenByTheNormOfWhatAreGradients() {
    MultiLayerNetwork network = network(common("sgd"));
    INDArray before = network.params().dup();
    fill(network, 1);
    FusedUpdate update = update(network, 0.01);
    update.begin(0, 0, ROWS);
    double squares = update.squares(0, 40) + update.squares(40, network.numParams());
    update.scale(0.5);
    update.apply(0, network.numParams());

    INDArray mean = network.getFlattenedGradients().div(ROWS).reshape(network.numParams());
    double expected = 0;
    for (UpdaterBlock block : updater(network).getUpdaterBlocks()) {
      for (UpdaterBlock.ParamState part : block.getLayersAndVariablesInBlock()) {
        double rate =
            part.getLayer()
                .getConfig()
                .getUpdaterByParam(part.getParamName())
                .getLearningRate(0, 0);
        boolean isStatistic = !part.getLayer().updaterDivideByMinibatch(part.getParamName());
        for (int i = part.getParamOffsetStart(); i < part.getParamOffsetEnd(); i++) {
          double clipped = Math.max(-0.01, Math.min(0.01, mean.getDouble(i)));
          expected += isStatistic ? 0 : clipped * clipped;
          double step = isStatistic ? mean.getDouble(i) : 0.5 * rate * clipped;
          assertThat(before.getDouble(i) - network.params().getDouble(i))
              .isCloseTo(step, within(1e-6));
        }
      }
    }
    assertThat(squares).isCloseTo(expected, within(1e-6));
  }

  @Test
  void seesAnEntryThatIsNotFinite() {
    MultiLayerNetwork network = network(common("sgd"));
    fill(network, 1);
    network.getFlattenedGradients().putScalar(50, Double.NaN);
    FusedUpdate update = update(network, 0.01);
    update.begin(0, 0, ROWS);
    assertThat(update.squares(0, network.numParams())).isNaN();
  }

  @Test
  void saysWhatItDoesNotCover() {
    assertThat(UpdateRules.of(new AdaBelief())).isEmpty();
    assertThat(
            uncovered(
                common("sgd").gradientNormalization(GradientNormalization.RenormalizeL2PerLayer)))
        .hasValue("gradient normalization RenormalizeL2PerLayer");
    assertThat(uncovered(common("sgd").constrainWeights(new NonNegativeConstraint())))
        .hasValue("constraints on parameters");
    assertThat(uncovered(common("adam").l1(0.1))).isEmpty();
  }

  private static Optional<String> uncovered(NeuralNetConfiguration.Builder common) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(common));
    network.init();
    network.initGradientsView();
    return FusedUpdate.uncovered(updater(network));
  }

  private static void requireEqual(NeuralNetConfiguration.Builder common, double clip) {
    requireEqual(common, clip, STEPS);
  }

  private static void requireEqual(NeuralNetConfiguration.Builder common, double clip, int steps) {
    requireEqual(() -> network(common), clip, steps);
  }

  static void requireEqual(Supplier<MultiLayerNetwork> networks, double clip, int steps) {
    MultiLayerNetwork theirs = networks.get();
    MultiLayerNetwork ours = networks.get();
    BaseMultiLayerUpdater<?> updater = updater(theirs);
    Gradient gradient = byParameter(theirs, updater);
    FusedUpdate update = update(ours, clip);
    for (int step = 0; step < steps; step++) {
      fill(theirs, step);
      fill(ours, step);
      statistics(updater).forEach(it -> it.divi(ROWS));
      updater.update(gradient, step, 0, ROWS, LayerWorkspaceMgr.noWorkspaces());
      theirs.params().subi(theirs.getFlattenedGradients().reshape(theirs.params().shape()));
      update.begin(step, 0, ROWS);
      update.apply(0, ours.numParams());
    }
    assertThat(distance(ours.params(), theirs.params())).isLessThan(1e-6);
    INDArray state = theirs.getUpdater().getStateViewArray();
    if (state != null) {
      double size = Math.max(1, state.amaxNumber().doubleValue());
      assertThat(distance(ours.getUpdater().getStateViewArray(), state)).isLessThan(1e-6 * size);
    }
  }

  private static List<INDArray> statistics(BaseMultiLayerUpdater<?> updater) {
    return updater.getUpdaterBlocks().stream()
        .flatMap(block -> block.getLayersAndVariablesInBlock().stream())
        .filter(part -> !part.getLayer().updaterDivideByMinibatch(part.getParamName()))
        .map(UpdaterBlock.ParamState::getGradView)
        .toList();
  }

  private static double distance(INDArray left, INDArray right) {
    return left.sub(right).amaxNumber().doubleValue();
  }

  static void fill(MultiLayerNetwork network, int step) {
    Random random = new Random(step);
    INDArray gradient = network.getFlattenedGradients();
    float[] values = new float[(int) gradient.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    gradient.assign(Nd4j.createFromArray(values).reshape(gradient.shape()));
  }

  static FusedUpdate update(MultiLayerNetwork network, double clip) {
    INDArray state = network.getUpdater().getStateViewArray();
    return new FusedUpdate(
        updater(network),
        network.params().data().address(),
        network.getFlattenedGradients().data().address(),
        state == null ? 0 : state.data().address(),
        state == null ? 0 : state.length(),
        clip);
  }

  static BaseMultiLayerUpdater<?> updater(MultiLayerNetwork network) {
    return (BaseMultiLayerUpdater<?>) network.getUpdater();
  }

  private static Gradient byParameter(MultiLayerNetwork network, BaseMultiLayerUpdater<?> updater) {
    Gradient gradient = new DefaultGradient(updater.getFlattenedGradientsView());
    for (int i = 0; i < network.getnLayers(); i++) {
      String layer = String.valueOf(i);
      updater.getUpdaterBlocks().stream()
          .flatMap(block -> block.getLayersAndVariablesInBlock().stream())
          .filter(part -> part.getLayer() == network.getLayer(Integer.parseInt(layer)))
          .forEach(
              part ->
                  gradient.setGradientFor(layer + "_" + part.getParamName(), part.getGradView()));
    }
    return gradient;
  }

  static NeuralNetConfiguration.Builder common(String optimizer) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .activation(Activation.TANH)
        .updater(Optimizers.create(optimizer, 0.01, Optional.empty(), Map.of()));
  }

  static MultiLayerNetwork network(NeuralNetConfiguration.Builder common) {
    return network(configuration(common));
  }

  static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.initGradientsView();
    network.getUpdater(true);
    return network;
  }

  static MultiLayerConfiguration configuration(NeuralNetConfiguration.Builder common) {
    return common
        .list()
        .layer(new DenseLayer.Builder().nOut(12).build())
        .layer(new BatchNormalization())
        .layer(new DenseLayer.Builder().nOut(16).updater(new Sgd(0.02)).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.feedForward(30))
        .build();
  }
}
