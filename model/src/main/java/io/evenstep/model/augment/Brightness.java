package io.evenstep.model.augment;

import io.evenstep.model.Problem;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.AugmentationRules;
import io.evenstep.model.augment.pixel.BatchRows;
import io.evenstep.model.augment.pixel.InputLayout;
import java.util.List;

/**
 * Multiplies the distance of each pixel from black by one factor per image.
 *
 * @param by the factor is from 1 - by to 1 + by; at least 0 and below 1
 * @param probability share of the images, 0 to 1
 */
public record Brightness(double by, double probability) implements Change {
  /** Checks the parameters. */
  public Brightness {
    AugmentationRules.below("by", by, 1);
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "brightness";
  }

  @Override
  public void apply(BatchRows rows, SplitMix64 random) {
    rows.eachImage(
        probability, random, image -> image.scaleFromBlack((float) (1 + random.around(by))));
  }

  @Override
  public List<Problem> misfits(String key, InputLayout input) {
    return input.imageProblems(key);
  }
}
