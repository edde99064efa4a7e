package io.evenstep.model.augment;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.BatchRows;

/** An augmentation that changes values where they are. */
sealed interface Change extends Augmentation
    permits Brightness, Contrast, Noise, Cutout, Mixup, Cutmix {
  /** Changes each row with the augmentation's probability. */
  void apply(BatchRows rows, SplitMix64 random);
}
