package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.spec.ColumnGaps;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Missing;
import io.evenstep.model.data.Gaps;
import java.io.Serializable;
import java.util.List;

/**
 * What becomes of one feature's missing values.
 *
 * @param rule the column's own, or the data set's
 * @param fill what {@link Missing#FILL} puts there
 * @param own whether the column has a rule or a fill of its own
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

  /** Whether what is filled in is learned from the training rows. */
  boolean isLearned() {
    return rule == Missing.MEAN || rule == Missing.MEDIAN;
  }

  /** What the encoding keeps of it. */
  Gaps with(List<Double> learned) {
    if (!own) {
      return learned.isEmpty() ? Gaps.AS_ENCODED : new Gaps(Gaps.Rule.AS_ENCODED, learned);
    }
    return new Gaps(Gaps.Rule.valueOf(rule.kept().name()), learned);
  }
}
