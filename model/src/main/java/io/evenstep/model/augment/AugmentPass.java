package io.evenstep.model.augment;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.BatchRows;

/** One pass over the rows of a batch. */
@FunctionalInterface
interface AugmentPass {
  /**
   * Changes the rows.
   *
   * @param keys splits off a stream for each augmentation of the pass, whether or not it draws
   */
  void apply(BatchRows rows, SplitMix64 keys);
}
