package io.evenstep.model.network.dl4j;

import io.evenstep.model.ConfigException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;

/**
 * A loss that multiplies each row of its gradient and of its scores by the row's factor. DL4J's
 * losses would accept the factors as a mask. But they cannot tell, by the mask's shape, a factor
 * per row from a factor per output: with one row, or one output, they refuse it or apply it twice.
 * So they get neither weights nor the mask of a single row.
 */
final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction loss;
  private final Optional<INDArray> weights; // [rows, 1]; a sequence has a row for each step

  private WeightedLoss(ILossFunction loss, Optional<INDArray> weights) {
    this.loss = loss;
    this.weights = weights;
  }

  /**
   * Runs a pass with weights.
   *
   * @param weights [rows, 1]
   * @param shares by output, the factors of its steps, as in {@link Masks#shares}; may be empty
   * @param outputs configurations of the output layers; their losses are restored afterwards
   * @throws ConfigException when one has no loss function
   */
  static void during(
      INDArray weights, List<Optional<INDArray>> shares, List<Layer> outputs, Runnable pass) {
    List<Layer> refused = outputs.stream().filter(output -> !hasLoss(output)).toList();
    if (!refused.isEmpty()) {
      throw new ConfigException(
          "data.weight or training.classWeights",
          "must be left out for an output layer without a loss function",
          refused.get(0).getClass().getSimpleName());
    }
    replaced(
        outputs,
        i -> Optional.of(share(shares, i).map(share -> times(share, weights)).orElse(weights)),
        pass);
  }

  /**
   * Runs a pass in which the mask of a single row is that row's factor.
   *
   * @param shares as above
   */
  static void duringMasked(List<Optional<INDArray>> shares, List<Layer> outputs, Runnable pass) {
    replaced(outputs, i -> share(shares, i), pass);
  }

  private static Optional<INDArray> share(List<Optional<INDArray>> shares, int output) {
    return output < shares.size() ? shares.get(output) : Optional.empty();
  }

  /** The factors of all steps times those of their rows. */
  private static INDArray times(INDArray shares, INDArray weights) {
    return shares
        .dup('f')
        .reshape('f', weights.length(), -1)
        .muliColumnVector(weights)
        .reshape('f', shares.length(), 1);
  }

  /** Runs a pass with other losses, and restores them. */
  private static void replaced(
      List<Layer> outputs, IntFunction<Optional<INDArray>> factors, Runnable pass) {
    Map<Layer, ILossFunction> losses = new IdentityHashMap<>();
    try {
      for (int i = 0; i < outputs.size(); i++) {
        Layer output = outputs.get(i);
        if (hasLoss(output)) {
          losses.put(output, lossOf(output));
          setLoss(output, new WeightedLoss(lossOf(output), factors.apply(i)));
        }
      }
      pass.run();
    } finally {
      losses.forEach(WeightedLoss::setLoss);
    }
  }

  private static boolean hasLoss(Layer output) {
    return output instanceof BaseOutputLayer || output instanceof LossLayer;
  }

  private static ILossFunction lossOf(Layer output) {
    return output instanceof BaseOutputLayer layer
        ? layer.getLossFn()
        : ((LossLayer) output).getLossFn();
  }

  private static void setLoss(Layer output, ILossFunction loss) {
    if (output instanceof BaseOutputLayer layer) {
      layer.setLossFn(loss);
    } else if (output instanceof LossLayer layer) {
      layer.setLossFn(loss);
    }
  }

  /** Whether a mask holds one number, and so counts as the factor of a row. */
  private static boolean isFactor(@Nullable INDArray mask) {
    return mask != null && mask.length() == 1;
  }

  private static @Nullable INDArray rest(@Nullable INDArray mask) {
    return isFactor(mask) ? null : mask;
  }

  /** Multiplies the rows of an array that the loss has made. */
  private INDArray weigh(INDArray rows, @Nullable INDArray mask) {
    if (mask != null && isFactor(mask)) {
      rows.muli(mask.getDouble(0));
    }
    if (weights.isEmpty()) {
      return rows;
    }
    INDArray factors = weights.get();
    return factors.length() == 1 ? rows.muli(factors.getDouble(0)) : rows.muliColumnVector(factors);
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    INDArray scores = computeScoreArray(labels, preOutput, activation, mask);
    double sum = scores.sumNumber().doubleValue();
    return average ? sum / scores.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    INDArray scores = loss.computeScoreArray(labels, preOutput, activation, rest(mask));
    if (loss instanceof LossMAE) {
      scores.divi(labels.size(1)); // DL4J does this for all rows together, but not for each row
    }
    return weigh(scores.reshape(labels.size(0), -1), mask);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return weigh(loss.computeGradient(labels, preOutput, activation, rest(mask)), mask);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return loss.name();
  }
}
