package io.evenstep.model.augment;

import io.evenstep.model.Problem;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.AugmentationRules;
import io.evenstep.model.augment.pixel.BatchRows;
import io.evenstep.model.augment.pixel.InputLayout;
import java.util.List;

/**
 * Blanks a square of an image. Its centre is a random pixel, so part of it may lie outside. DeVries
 * and Taylor, "Improved regularization of convolutional neural networks with cutout", 2017.
 *
 * @param pixels side of the square, at least 1
 * @param probability share of the images, 0 to 1
 */
public record Cutout(int pixels, double probability) implements Change {
  /** Checks the parameters. */
  public Cutout {
    AugmentationRules.atLeast("pixels", pixels, 1);
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "cutout";
  }

  @Override
  public void apply(BatchRows rows, SplitMix64 random) {
    rows.eachImage(
        probability,
        random,
        image -> {
          int top = random.below(image.height()) - pixels / 2;
          int left = random.below(image.width()) - pixels / 2;
          image.blank(top, left, pixels);
        });
  }

  @Override
  public List<Problem> misfits(String key, InputLayout input) {
    return input.pixelProblems(key, pixels);
  }
}
