package io.evenstep.model.augment;

import io.evenstep.model.Problem;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.AugmentationRules;
import io.evenstep.model.augment.pixel.BatchRows;
import io.evenstep.model.augment.pixel.Beta;
import io.evenstep.model.augment.pixel.InputLayout;
import java.util.List;

/**
 * Pastes a rectangle of another image of the shard over an image, and mixes the labels in
 * proportion to the areas. Yun and others, "CutMix: regularization strategy to train strong
 * classifiers with localizable features", 2019.
 *
 * @param alpha the share of the image that stays is drawn from Beta(alpha, alpha); above 0
 * @param probability share of the images, 0 to 1
 */
public record Cutmix(double alpha, double probability) implements Change {
  /** Checks the parameters. */
  public Cutmix {
    AugmentationRules.above("alpha", alpha, 0);
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "cutmix";
  }

  @Override
  public boolean mixesRows() {
    return true;
  }

  @Override
  public void apply(BatchRows rows, SplitMix64 random) {
    rows.eachPair(
        probability,
        random,
        (row, other) -> {
          double side = Math.sqrt(1 - Beta.symmetric(alpha, random));
          paste(rows, row, other, side, random);
        });
  }

  /**
   * Pastes a rectangle centred at a random pixel, clipped to the image.
   *
   * @param side of the rectangle, as a share of the image's side
   */
  private static void paste(BatchRows rows, int row, int other, double side, SplitMix64 random) {
    int height = rows.layout().height();
    int width = rows.layout().columns();
    int tall = (int) (height * side);
    int wide = (int) (width * side);
    int top = random.below(height) - tall / 2;
    int left = random.below(width) - wide / 2;
    rows.paste(
        row,
        other,
        Math.max(0, top),
        Math.min(height, top + tall),
        Math.max(0, left),
        Math.min(width, left + wide));
  }

  @Override
  public List<Problem> misfits(String key, InputLayout input) {
    return input.imageProblems(key);
  }
}
