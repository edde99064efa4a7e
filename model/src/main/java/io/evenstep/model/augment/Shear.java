package io.evenstep.model.augment;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.Affine;
import io.evenstep.model.augment.pixel.AugmentationRules;

/**
 * Slants an image: each row of pixels moves sideways in proportion to its distance from the centre.
 *
 * @param by largest move in pixels per pixel of distance, in either direction; at least 0
 * @param probability share of the images, 0 to 1
 */
public record Shear(double by, double probability) implements Warp {
  /** Checks the parameters. */
  public Shear {
    AugmentationRules.atLeast("by", by, 0);
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "shear";
  }

  @Override
  public void draw(SplitMix64 random, Affine map) {
    map.join(1, random.around(by), 0, 1);
  }
}
