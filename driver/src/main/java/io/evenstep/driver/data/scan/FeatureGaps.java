package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.spec.ColumnGaps;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Missing;
import io.evenstep.model.data.Gaps;
import java.io.Serializable;
import java.util.List;

/**
 * How one feature's missing values are treated.
 *
 * @param rule that of the column, or of the data set
 * @param fill the value that {@link Missing#FILL} uses
 * @param own whether the column sets a rule or a fill value
 */
record FeatureGaps(Missing rule, double fill, boolean own) implements Serializable {
  static FeatureGaps of(DataSpec spec, ColumnGaps column) {
    return new FeatureGaps(
        column
            .missing()
            .orElse(column.fill().isPresent() ? Missing.FILL : spec.leniency().missing()),
        column.fill().orElse(spec.leniency().fill()),
        column.missing().isPresent() || column.fill().isPresent());
  }

  /** Whether the replacement comes from the training rows. */
  boolean isLearned() {
    return rule == Missing.MEAN || rule == Missing.MEDIAN;
  }

  /** The rule as stored in the encoding. */
  Gaps with(List<Double> learned) {
    if (!own) {
      return learned.isEmpty() ? Gaps.AS_ENCODED : new Gaps(Gaps.Rule.AS_ENCODED, learned);
    }
    return new Gaps(Gaps.Rule.valueOf(rule.kept().name()), learned);
  }
}
