package io.evenstep.model.augment;

import io.evenstep.model.Problem;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.augment.pixel.AugmentationRules;
import io.evenstep.model.augment.pixel.BatchRows;
import io.evenstep.model.augment.pixel.Beta;
import io.evenstep.model.augment.pixel.InputLayout;
import java.util.List;

/**
 * Replaces a row, label included, by a weighted mean of it and another row of its shard. Zhang and
 * others, "mixup: beyond empirical risk minimization", 2018.
 *
 * @param alpha the row's own weight is drawn from Beta(alpha, alpha); above 0
 * @param probability share of the rows, 0 to 1
 */
public record Mixup(double alpha, double probability) implements Change {
  /** Checks the parameters. */
  public Mixup {
    AugmentationRules.above("alpha", alpha, 0);
    AugmentationRules.probability(probability);
  }

  @Override
  public String name() {
    return "mixup";
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
        (row, other) -> rows.mix(row, other, (float) Beta.symmetric(alpha, random)));
  }

  @Override
  public List<Problem> misfits(String key, InputLayout input) {
    return input.mixingProblems(key);
  }
}
