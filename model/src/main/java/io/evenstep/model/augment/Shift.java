package io.evenstep.model.augment;

import io.evenstep.model.Problem;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.Affine;
import io.evenstep.model.augment.pixel.AugmentationRules;
import io.evenstep.model.augment.pixel.InputLayout;
import java.util.List;

/**
 * Moves an image by whole pixels. This equals a random crop of the image padded with background.
 *
 * @param pixels largest move, in either direction, at least 1
 * @param probability share of the images, 0 to 1
 */
public record Shift(int pixels, double probability) implements Warp {
  /** Checks the parameters. */
  public Shift {
    AugmentationRules.atLeast("pixels", pixels, 1);
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "shift";
  }

  @Override
  public void draw(SplitMix64 random, Affine map) {
    int right = random.below(2 * pixels + 1) - pixels;
    int down = random.below(2 * pixels + 1) - pixels;
    map.joinMove(-right, -down);
  }

  @Override
  public List<Problem> misfits(String key, InputLayout input) {
    return input.pixelProblems(key, pixels);
  }
}
