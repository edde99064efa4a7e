package io.evenstep.model.engine;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Predictions;

/** A network in inference mode. Belongs to one thread. */
public interface Scorer {
  /** Outputs for the features of a batch; the caller closes them. */
  Predictions predict(MiniBatch batch);

  /** The sum over rows of the loss of a batch, without weights or penalty. */
  double loss(MiniBatch batch);
}
