package io.evenstep.model.augment;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.Affine;
import io.evenstep.model.augment.pixel.AugmentationRules;

/**
 * Mirrors an image.
 *
 * @param axis which sides change places
 * @param probability share of the images, 0 to 1
 */
public record Flip(Axis axis, double probability) implements Warp {
  /** The direction in which pixels move. */
  public enum Axis {
    /** Left and right change places. */
    HORIZONTAL,
    /** Top and bottom change places. */
    VERTICAL
  }

  /** Checks the probability. */
  public Flip {
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "flip";
  }

  @Override
  public void draw(SplitMix64 random, Affine map) {
    boolean across = axis == Axis.HORIZONTAL;
    map.join(across ? -1 : 1, 0, 0, across ? 1 : -1);
  }
}
