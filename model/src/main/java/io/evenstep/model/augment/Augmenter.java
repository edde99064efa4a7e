package io.evenstep.model.augment;

import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import java.util.List;

/** Changes the rows of training batches at random. Not thread-safe; each feed has its own. */
public interface Augmenter {
  /** Leaves rows as they are. */
  Augmenter NONE = (batch, key) -> batch;

  /**
   * Changes a batch, in place if possible.
   *
   * @param batch has contiguous arrays, as a decoder makes them
   * @param key all that the draws depend on: the same key and rows give the same bits
   * @return the batch to train on, to be closed instead of the original
   */
  MiniBatch augment(MiniBatch batch, long key);

  /**
   * An augmenter of rows of an encoding.
   *
   * @throws io.evenstep.model.ConfigException as {@link AugmentPlan#requireFits}
   */
  static Augmenter of(AugmentPlan plan, Encoding encoding) {
    plan.requireFits(encoding);
    return plan.augmentations().isEmpty() ? NONE : new BatchAugmenter(plan, encoding);
  }

  /** An augmenter of rows with one input. */
  static Augmenter of(List<Augmentation> augmentations, Encoding encoding) {
    return of(new AugmentPlan(augmentations, ""), encoding);
  }
}
