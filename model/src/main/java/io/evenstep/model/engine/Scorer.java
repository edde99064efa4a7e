package io.evenstep.model.engine;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;
import java.nio.FloatBuffer;
import java.util.List;

/** A network in inference mode. Belongs to one thread. */
public interface Scorer {
  /** Outputs for the features of a batch; the caller closes them. */
  Predictions predict(MiniBatch batch);

  /** The sum over rows of the loss of a batch, without weights or penalty. */
  double loss(MiniBatch batch);

  /**
   * The slope of that loss with respect to each number of the inputs: one list for each input, in
   * the order of its numbers. They are valid until the next call. An engine may compute gradients
   * of training only.
   */
  default List<FloatBuffer> inputSlopes(MiniBatch batch) {
    throw new UnsupportedOperationException("This engine has no slopes of inputs in inference");
  }
}
