package io.evenstep.driver.data.spec;

import io.evenstep.driver.data.spec.DataSpec.Normalization;
import java.io.Serializable;

/**
 * Settings of a job's labels, besides their names.
 *
 * @param missing how a row without a label is treated
 * @param normalize how numeric labels are scaled
 * @param format how numeric labels are written, see {@link io.evenstep.model.data.cell.NumberText};
 *     empty for plain numbers
 */
public record LabelRule(MissingLabel missing, Normalization normalize, String format)
    implements Serializable {
  /** Labels are not scaled; missing ones follow the data set's rule. */
  public static final LabelRule PLAIN =
      new LabelRule(MissingLabel.AS_FEATURE, Normalization.NONE, "");

  /** How to treat a row without a label. */
  public enum MissingLabel {
    /** The same as for a missing feature, except that a label is never filled in. */
    AS_FEATURE,
    REFUSE,
    DROP
  }
}
