package io.evenstep.model.network;

import io.evenstep.model.ConfigException;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss whose rows are multiplied by weights. A loss function does so with a mask; but the mask of
 * an output layer, which DL4J hands it, multiplies that layer's own inputs to the activation too,
 * so that it can hold nothing but 0 and 1.
 */
final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction loss;
  private final INDArray weights; // [rows, 1]

  private WeightedLoss(ILossFunction loss, INDArray weights) {
    this.loss = loss;
    this.weights = weights;
  }

  /**
   * Runs a forward and backward pass with weights.
   *
   * @param outputs configurations of the output layers, which have their own losses back afterwards
   * @throws ConfigException when one has no loss function
   */
  static void during(INDArray weights, List<Layer> outputs, Runnable pass) {
    List<ILossFunction> losses = outputs.stream().map(WeightedLoss::lossOf).toList();
    try {
      for (int i = 0; i < losses.size(); i++) {
        setLoss(outputs.get(i), new WeightedLoss(losses.get(i), weights));
      }
      pass.run();
    } finally {
      for (int i = 0; i < losses.size(); i++) {
        setLoss(outputs.get(i), losses.get(i));
      }
    }
  }

  private static ILossFunction lossOf(Layer output) {
    if (output instanceof BaseOutputLayer layer) {
      return layer.getLossFn();
    } else if (output instanceof LossLayer layer) {
      return layer.getLossFn();
    }
    throw new ConfigException(
        "data.weight",
        "must be left out for an output layer without a loss function",
        output.getClass().getSimpleName());
  }

  private static void setLoss(Layer output, ILossFunction loss) {
    if (output instanceof BaseOutputLayer layer) {
      layer.setLossFn(loss);
    } else if (output instanceof LossLayer layer) {
      layer.setLossFn(loss);
    }
  }

  private INDArray mask(@Nullable INDArray mask) {
    return mask == null ? weights : mask.mulColumnVector(weights);
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return loss.computeScore(labels, preOutput, activation, mask(mask), average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return loss.computeScoreArray(labels, preOutput, activation, mask(mask));
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return loss.computeGradient(labels, preOutput, activation, mask(mask));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return loss.computeGradientAndScore(labels, preOutput, activation, mask(mask), average);
  }

  @Override
  public String name() {
    return loss.name();
  }
}
