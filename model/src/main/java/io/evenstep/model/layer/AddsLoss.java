package io.evenstep.model.layer;

import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer that adds a term to the loss of each row; its backward pass includes that term. */
public interface AddsLoss extends OwnLayer {
  /**
   * The sum of the rows' terms.
   *
   * @param in the layer's input, [rows, ...]
   */
  double added(INDArray in);

  /** What the layers of a DL4J network add to the mean loss of the last forward pass. */
  static double mean(Layer... layers) {
    double sum = 0;
    for (Layer layer : layers) {
      if (layer instanceof ArrayLayer own) {
        sum += own.addedLoss();
      }
    }
    return sum;
  }

  /**
   * A loss in inference mode, for which layers with noise draw it.
   *
   * @param layers of the network
   * @param loss runs the network
   */
  static double judged(Layer[] layers, DoubleSupplier loss) {
    setJudged(layers, true);
    try {
      return loss.getAsDouble();
    } finally {
      setJudged(layers, false);
    }
  }

  private static void setJudged(Layer[] layers, boolean judged) {
    for (Layer layer : layers) {
      if (layer instanceof ArrayLayer own) {
        own.setJudged(judged);
      }
    }
  }
}
