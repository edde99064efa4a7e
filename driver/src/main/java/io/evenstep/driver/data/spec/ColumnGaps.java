package io.evenstep.driver.data.spec;

import java.util.Optional;

/**
 * Settings for one column's missing values.
 *
 * @param missing overrides that of the data set
 * @param fill overrides that of the data set
 * @param indicator whether an additional number tells the network that the value is missing
 */
public record ColumnGaps(
    Optional<DataSpec.Missing> missing, Optional<Double> fill, boolean indicator) {
  /** The settings of the data set. */
  public static final ColumnGaps AS_ALL = new ColumnGaps(Optional.empty(), Optional.empty(), false);
}
