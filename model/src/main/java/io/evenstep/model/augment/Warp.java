package io.evenstep.model.augment;

import io.evenstep.model.Problem;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.Affine;
import io.evenstep.model.augment.pixel.InputLayout;
import java.util.List;

/**
 * An augmentation that moves the pixels of an image. Consecutive warps are composed into one map
 * and the image is resampled once, which is faster and sharper.
 */
sealed interface Warp extends Augmentation permits Flip, Shift, Rotate, Zoom, Shear {
  /** Draws a random warp and composes it with the map. */
  void draw(SplitMix64 random, Affine map);

  @Override
  default List<Problem> misfits(String key, InputLayout input) {
    return input.imageProblems(key);
  }
}
