package io.evenstep.model.augment;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.Rows;

/** One walk over the rows of a batch. */
@FunctionalInterface
interface Pass {
  /**
   * Changes the rows.
   *
   * @param keys splits off a stream for each augmentation of the pass, whether or not it draws
   */
  void apply(Rows rows, SplitMix64 keys);
}
