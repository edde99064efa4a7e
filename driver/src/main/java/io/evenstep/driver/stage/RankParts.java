package io.evenstep.driver.stage;

import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.engine.Learner;
import io.evenstep.worker.evaluation.Deciding;
import io.evenstep.worker.evaluation.Evaluator;
import java.io.Serializable;

/** What a rank needs besides its plan; created in the rank's process. */
public interface RankParts extends Serializable {
  /**
   * The learner to start from.
   *
   * @param zip as the driver sent it
   */
  Learner learner(byte[] zip);

  /** A decoder of the pack's records; a new one each time. */
  RecordDecoder decoder();

  /** Applies {@code augmentations} to training rows; a new one each time. */
  Augmenter augmenter(AugmentPlan augmentations);

  /** An empty evaluator; a new one each time. */
  Evaluator evaluator();

  /** What is learned from the validation rows after training. */
  default Deciding deciding() {
    return Deciding.nothing(this::evaluator);
  }
}
