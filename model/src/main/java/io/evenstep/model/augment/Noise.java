package io.evenstep.model.augment;

import io.evenstep.model.Problem;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.AugmentationRules;
import io.evenstep.model.augment.pixel.BatchRows;
import io.evenstep.model.augment.pixel.InputLayout;
import java.util.List;

/**
 * Adds normally distributed noise to each number of a row, pixel or not; categories do not change.
 * Bishop, "Training with noise is equivalent to Tikhonov regularization", 1995.
 *
 * @param deviation standard deviation of the noise, in the units that the network sees; at least 0
 * @param probability share of the rows, 0 to 1
 */
public record Noise(double deviation, double probability) implements Change {
  /** Checks the parameters. */
  public Noise {
    AugmentationRules.atLeast("deviation", deviation, 0);
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "noise";
  }

  @Override
  public void apply(BatchRows rows, SplitMix64 random) {
    InputLayout layout = rows.layout();
    float[] features = rows.features();
    for (int row = 0; row < rows.count(); row++) {
      if (random.uniform() < probability) {
        int at = row * layout.width();
        for (int i = 0; i < layout.width(); i++) {
          if (layout.isNumber(i)) {
            features[at + i] += (float) (deviation * random.gaussian());
          }
        }
      }
    }
  }

  @Override
  public List<Problem> misfits(String key, InputLayout input) {
    return input.hasNumber()
        ? List.of()
        : List.of(new Problem(key, "needs a numeric feature", "categories only"));
  }
}
