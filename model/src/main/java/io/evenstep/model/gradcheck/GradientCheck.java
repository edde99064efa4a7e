package io.evenstep.model.gradcheck;

import io.evenstep.model.ConfigException;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.layer.LocalLayer;
import io.evenstep.model.network.dl4j.Network;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Compares the gradient of backpropagation with central differences, {@code (loss(w + h) - loss(w -
 * h)) / 2 h}, in double precision. Dropout and other noise draw the same numbers in each pass.
 *
 * <p>A relative error is {@code |a - n| / max(|a|, |n|, floor)}, where the floor is a thousandth of
 * the layer's largest gradient: below that, rounding decides. A difference over a kink, such as
 * ReLU's at 0, is wrong, so an error above the tolerance is measured again with other widths, and
 * the smallest error counts.
 */
public final class GradientCheck {
  private static final double[] WIDTHS = {1e-5, 1e-6, 1e-7, 1e-4};
  private static final double FLOOR = 1e-3; // of the layer's largest gradient
  private static final double LEAST_FLOOR = 1e-7;
  private static final double NOISE = 0.01;

  /**
   * How to check.
   *
   * @param perLayer most parameters to compare in each layer, at least 1
   * @param tolerance largest relative error that is not measured again
   * @param seed chooses the parameters, and keys the noise of the passes
   */
  public record Settings(int perLayer, double tolerance, long seed) {}

  private final Network network; // in double precision
  private final MiniBatch rows;
  private final Settings settings;

  private GradientCheck(Network network, MiniBatch rows, Settings settings) {
    this.network = network;
    this.rows = rows;
    this.settings = settings;
  }

  /**
   * Checks a network on some rows. Small noise is added to a copy of its parameters first, so that
   * no unit stands exactly on a kink, as a unit with bias 0 and an empty input does.
   *
   * @param network stays as it is
   * @param rows a few, with labels
   * @return one entry for each layer that learns, in order
   * @throws ConfigException when a layer learns by a rule that is not the gradient of a loss
   */
  public static List<CheckedLayer> run(Network network, MiniBatch rows, Settings settings) {
    requireLoss(network);
    DataType usual = Nd4j.dataType();
    DataType usualFloat = Nd4j.defaultFloatingPointType();
    Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE); // DL4J makes arrays of this type
    try {
      GradientCheck check =
          new GradientCheck(DoubleNetwork.of(network), DoubleNetwork.of(rows), settings);
      return check.run();
    } finally {
      Nd4j.setDefaultDataTypes(usual, usualFloat);
    }
  }

  private static void requireLoss(Network network) {
    for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
      for (ParamState state : block.getLayersAndVariablesInBlock()) {
        if (state.getLayer() instanceof Layer layer
            && layer.conf().getLayer() instanceof LocalLayer) {
          throw new ConfigException(
              "model.name",
              "must be a network that follows the gradient of a loss, to check that gradient",
              type(layer));
        }
      }
    }
  }

  /** What a layer learns. */
  private record Part(Trainable layer, List<ParamState> states) {}

  private List<CheckedLayer> run() {
    List<Part> parts = parts();
    Random random = new Random(settings.seed());
    parts.forEach(part -> part.states().forEach(state -> shake(state, random)));
    loss();
    INDArray analytic = network.gradient().dup();
    return parts.stream().map(part -> check(part.layer(), part.states(), analytic)).toList();
  }

  /** The parameters of each layer that have a gradient, in order. */
  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
      for (ParamState state : block.getLayersAndVariablesInBlock()) {
        Trainable layer = state.getLayer();
        boolean statistic = !layer.updaterDivideByMinibatch(state.getParamName());
        if (!statistic && !(layer instanceof FrozenLayer)) {
          if (parts.isEmpty() || parts.get(parts.size() - 1).layer() != layer) {
            parts.add(new Part(layer, new ArrayList<>()));
          }
          parts.get(parts.size() - 1).states().add(state);
        }
      }
    }
    return parts;
  }

  private void shake(ParamState state, Random random) {
    INDArray parameters = network.parameters();
    for (long i = state.getParamOffsetStart(); i < state.getParamOffsetEnd(); i++) {
      parameters.putScalar(i, parameters.getDouble(i) + NOISE * random.nextGaussian());
    }
  }

  private double loss() {
    return network.computeGradient(rows, settings.seed());
  }

  private CheckedLayer check(Trainable layer, List<ParamState> states, INDArray analytic) {
    List<Long> chosen = chosen(states);
    double largest = 0;
    for (long i : chosen) {
      largest = Math.max(largest, Math.abs(analytic.getDouble(i)));
    }
    double floor = Math.max(LEAST_FLOOR, FLOOR * largest);
    double worst = 0;
    for (long i : chosen) {
      worst = Math.max(worst, error(i, analytic.getDouble(i), floor));
    }
    return new CheckedLayer(name(layer), type(layer), count(states), chosen.size(), largest, worst);
  }

  /** Some of the layer's parameters: of weights and of biases, all if there are few. */
  private List<Long> chosen(List<ParamState> states) {
    List<Long> chosen = new ArrayList<>();
    int share = Math.max(1, settings.perLayer() / states.size());
    for (ParamState state : states) {
      long start = state.getParamOffsetStart();
      long length = state.getParamOffsetEnd() - start;
      Set<Long> some = new LinkedHashSet<>();
      long draw = SplitMix64.mix(settings.seed() + start);
      while (some.size() < Math.min(share, length)) {
        draw = SplitMix64.mix(draw + SplitMix64.GOLDEN);
        some.add(length <= share ? start + some.size() : start + Math.floorMod(draw, length));
      }
      chosen.addAll(some);
    }
    return chosen;
  }

  private double error(long parameter, double analytic, double floor) {
    double least = Double.POSITIVE_INFINITY;
    for (double width : WIDTHS) {
      double numeric = difference(parameter, width);
      double size = Math.max(floor, Math.max(Math.abs(analytic), Math.abs(numeric)));
      least = Math.min(least, Math.abs(analytic - numeric) / size);
      if (least <= settings.tolerance()) {
        break;
      }
    }
    return least;
  }

  private double difference(long parameter, double width) {
    INDArray parameters = network.parameters();
    double here = parameters.getDouble(parameter);
    parameters.putScalar(parameter, here + width);
    double above = loss();
    parameters.putScalar(parameter, here - width);
    double below = loss();
    parameters.putScalar(parameter, here);
    return (above - below) / (2 * width);
  }

  private static long count(List<ParamState> states) {
    return states.stream()
        .mapToLong(state -> (long) state.getParamOffsetEnd() - state.getParamOffsetStart())
        .sum();
  }

  private static String name(Trainable trainable) {
    String name = trainable.getConfig().getLayerName();
    if (trainable instanceof Layer layer && name.matches("layer\\d+")) {
      return Integer.toString(layer.getIndex());
    }
    return name;
  }

  private static String type(Trainable trainable) {
    return trainable instanceof Layer layer
        ? layer.conf().getLayer().getClass().getSimpleName()
        : trainable.getClass().getSimpleName();
  }
}
