package io.evenstep.model.engine.step.update;

import static io.evenstep.model.engine.step.update.UpdateEqualsDl4jTest.ROWS;
import static io.evenstep.model.engine.step.update.UpdateEqualsDl4jTest.common;
import static io.evenstep.model.engine.step.update.UpdateEqualsDl4jTest.configuration;
import static io.evenstep.model.engine.step.update.UpdateEqualsDl4jTest.fill;
import static io.evenstep.model.engine.step.update.UpdateEqualsDl4jTest.network;
import static io.evenstep.model.engine.step.update.UpdateEqualsDl4jTest.update;
import static io.evenstep.model.engine.step.update.UpdateEqualsDl4jTest.updater;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.optimizer.AdaBelief;
import io.evenstep.model.optimizer.Lamb;
import io.evenstep.model.optimizer.Lars;
import io.evenstep.model.optimizer.LayerOptimizers;
import io.evenstep.model.optimizer.Lion;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** A hundred steps of our own optimizers equal the formulas of their papers, in plain doubles. */
class MomentRulesTest {
  private static final int STEPS = 100;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.99;
  private static final double EPSILON = 1e-8;
  private static final double DECAY = 0.02;
  private static final double RATE = 0.01;
  private static final double GAMMA = 0.99;
  private static final double TRUST = 0.3;
  private static final double L2 = 0.04;

  static Stream<IUpdater> optimizers() {
    return Stream.of(
        new AdaBelief(BETA1, BETA2, EPSILON),
        new Lion(BETA1, BETA2),
        new Lamb(BETA1, BETA2, EPSILON),
        new Lars(BETA1, TRUST));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void followsItsFormulaWithScheduleAndWeightDecay(IUpdater optimizer) {
    MultiLayerNetwork network = decayed(optimizer);
    List<Reference> parts = references(network, optimizer);
    FusedUpdate update = update(network, 0);
    for (int step = 0; step < STEPS; step++) {
      fill(network, step);
      for (Reference part : parts) {
        part.step(network.getFlattenedGradients(), step);
      }
      update.begin(step, 0, ROWS);
      update.apply(0, network.numParams());
    }
    assertThat(parts).isNotEmpty();
    parts.forEach(part -> part.requireEqual(network.params()));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void isDl4jsWithScheduleAndWeightDecay(IUpdater optimizer) {
    UpdateEqualsDl4jTest.requireEqual(() -> decayed(optimizer), 0, STEPS);
  }

  @Test
  void givesAStepOfTheSameLengthWhateverTheGradientIsTimes() {
    MultiLayerNetwork one = decayed(new Lamb(BETA1, BETA2, 1e-30));
    MultiLayerNetwork thousand = decayed(new Lamb(BETA1, BETA2, 1e-30));
    fill(one, 1);
    fill(thousand, 1);
    thousand.getFlattenedGradients().muli(1024);
    for (MultiLayerNetwork network : List.of(one, thousand)) {
      FusedUpdate update = update(network, 0);
      update.begin(0, 0, ROWS);
      update.apply(0, network.numParams());
    }
    float[] expected = one.getLayer(0).params().toFloatVector();
    assertThat(thousand.getLayer(0).params().toFloatVector())
        .containsExactly(expected, within(1e-6f));
  }

  @ParameterizedTest
  @MethodSource("ofNorms")
  void refusesToCutWhatDependsOnANorm(IUpdater optimizer) {
    MultiLayerNetwork network = decayed(optimizer);
    FusedUpdate update = update(network, 0);
    update.begin(0, 0, ROWS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> update.apply(0, 7))
        .withMessageStartingWith("Invalid range: must contain the whole block from 0 to ");
  }

  static Stream<IUpdater> ofNorms() {
    return Stream.of(new Lamb(BETA1, BETA2, EPSILON), new Lars(BETA1, TRUST));
  }

  /** Lars takes the L2 penalty in place of the decay that follows the optimizer. */
  private static MultiLayerNetwork decayed(IUpdater optimizer) {
    Regularization penalty =
        optimizer instanceof Lars ? new L2Regularization(L2) : new WeightDecay(DECAY, true);
    IUpdater scheduled = optimizer.clone();
    scheduled.setLrAndSchedule(RATE, new ExponentialSchedule(ScheduleType.ITERATION, RATE, GAMMA));
    MultiLayerConfiguration configuration = configuration(common("sgd").updater(scheduled));
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      LayerOptimizers.penalise(layer.getLayer(), List.of(penalty), optimizer);
    }
    return network(configuration);
  }

  /** One for each array of parameters that the optimizer updates. */
  private static List<Reference> references(MultiLayerNetwork network, IUpdater optimizer) {
    return updater(network).getUpdaterBlocks().stream()
        .flatMap(block -> block.getLayersAndVariablesInBlock().stream())
        .filter(
            part ->
                part.getLayer().getConfig().getUpdaterByParam(part.getParamName()).getClass()
                    == optimizer.getClass())
        .map(part -> new Reference(part, optimizer, network.params()))
        .toList();
  }

  /** The optimizer on one array, in doubles. */
  private static final class Reference {
    private final String name;
    private final int from;
    private final boolean isWeights; // those that decay and have a trust ratio
    private final IUpdater optimizer;
    private final double[] parameters;
    private final double[] first;
    private final double[] second;

    Reference(UpdaterBlock.ParamState part, IUpdater optimizer, INDArray parameters) {
      this.from = part.getParamOffsetStart();
      this.name = part.getParamName();
      this.isWeights = name.equals("W");
      this.optimizer = optimizer;
      this.parameters =
          IntStream.range(from, part.getParamOffsetEnd())
              .mapToDouble(i -> parameters.getDouble(i))
              .toArray();
      this.first = new double[this.parameters.length];
      this.second = new double[this.parameters.length];
    }

    void step(INDArray gradient, int step) {
      double rate = RATE * Math.pow(GAMMA, step);
      if (optimizer instanceof Lars) {
        stepAtLocalRate(gradient, rate);
        return;
      }
      double[] update = new double[parameters.length];
      for (int i = 0; i < update.length; i++) {
        double direction = direction(i, gradient.getDouble(from + i) / ROWS, step);
        update[i] = direction + (isWeights ? DECAY * parameters[i] : 0);
      }
      double trust = optimizer instanceof Lamb && isWeights ? norm(parameters) / norm(update) : 1;
      for (int i = 0; i < update.length; i++) {
        parameters[i] -= rate * trust * update[i];
      }
    }

    /** Algorithm 1 of the paper; biases have no rate of their own and no penalty. */
    private void stepAtLocalRate(INDArray gradient, double rate) {
      double[] g = new double[parameters.length];
      for (int i = 0; i < g.length; i++) {
        g[i] = gradient.getDouble(from + i) / ROWS;
      }
      double l2 = isWeights ? L2 : 0;
      double weights = norm(parameters);
      double local = isWeights ? TRUST * weights / (norm(g) + l2 * weights) : 1;
      for (int i = 0; i < g.length; i++) {
        first[i] = BETA1 * first[i] + rate * local * (g[i] + l2 * parameters[i]);
        parameters[i] -= first[i];
      }
    }

    private double direction(int i, double g, int step) {
      if (optimizer instanceof Lion) {
        double sign = Math.signum(BETA1 * first[i] + (1 - BETA1) * g);
        first[i] = BETA2 * first[i] + (1 - BETA2) * g;
        return sign;
      }
      boolean belief = optimizer instanceof AdaBelief;
      first[i] = BETA1 * first[i] + (1 - BETA1) * g;
      double distance = belief ? g - first[i] : g;
      second[i] = BETA2 * second[i] + (1 - BETA2) * distance * distance + (belief ? EPSILON : 0);
      double mean = first[i] / (1 - Math.pow(BETA1, step + 1));
      double square = second[i] / (1 - Math.pow(BETA2, step + 1));
      return mean / (Math.sqrt(square) + EPSILON);
    }

    private static double norm(double[] numbers) {
      double sum = 0;
      for (double number : numbers) {
        sum += number * number;
      }
      return Math.sqrt(sum);
    }

    void requireEqual(INDArray flat) {
      for (int i = 0; i < parameters.length; i++) {
        assertThat(flat.getDouble(from + i))
            .as("%s %d of %d", name, i, from)
            .isCloseTo(parameters[i], within(3e-6));
      }
    }
  }
}
