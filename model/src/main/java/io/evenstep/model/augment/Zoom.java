package io.evenstep.model.augment;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.Affine;
import io.evenstep.model.augment.pixel.AugmentationRules;

/**
 * Enlarges or shrinks an image about its centre.
 *
 * @param by the factor is from 1 - by to 1 + by; at least 0 and below 1
 * @param probability share of the images, 0 to 1
 */
public record Zoom(double by, double probability) implements Warp {
  /** Checks the parameters. */
  public Zoom {
    AugmentationRules.below("by", by, 1);
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "zoom";
  }

  @Override
  public void draw(SplitMix64 random, Affine map) {
    double back = 1 / (1 + random.around(by));
    map.join(back, 0, 0, back);
  }
}
