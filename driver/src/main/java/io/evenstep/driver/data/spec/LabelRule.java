package io.evenstep.driver.data.spec;

import io.evenstep.driver.data.spec.DataSpec.Normalization;
import java.io.Serializable;

/**
 * What a job says of its labels, beyond their names.
 *
 * @param missing what becomes of a row without a label
 * @param normalize how labels that are numbers are brought to scale
 */
public record LabelRule(MissingLabel missing, Normalization normalize) implements Serializable {
  /** Labels as they are; a missing one is treated as the data set says. */
  public static final LabelRule PLAIN = new LabelRule(MissingLabel.AS_FEATURE, Normalization.NONE);

  /** What becomes of a row without a label. */
  public enum MissingLabel {
    /** What becomes of a row without a feature; but a label is never filled in. */
    AS_FEATURE,
    REFUSE,
    DROP
  }
}
