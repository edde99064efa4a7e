package io.evenstep.model.augment;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.Affine;
import io.evenstep.model.augment.pixel.AugmentationRules;

/**
 * Turns an image about its centre.
 *
 * @param degrees largest angle, in either direction, at least 0
 * @param probability share of the images, 0 to 1
 */
public record Rotate(double degrees, double probability) implements Warp {
  /** Checks the parameters. */
  public Rotate {
    AugmentationRules.atLeast("degrees", degrees, 0);
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "rotate";
  }

  @Override
  public void draw(SplitMix64 random, Affine map) {
    double angle = StrictMath.toRadians(random.around(degrees));
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    map.join(cos, sin, -sin, cos);
  }
}
