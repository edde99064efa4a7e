package io.evenstep.model.layer;

import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.api.Layer;

/** What the layers of a DL4J network add to its loss; see {@link AddsLoss}. */
public final class AddedLosses {
  private AddedLosses() {}

  /** The mean over the rows of the last forward pass. */
  public static double mean(Layer... layers) {
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
  public static double judged(Layer[] layers, DoubleSupplier loss) {
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
