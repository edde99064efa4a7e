package io.evenstep.driver.data.spec;

import java.util.Optional;

/**
 * What a job says of one column's missing values.
 *
 * @param missing in place of the data set's own
 * @param fill in place of the data set's own
 * @param indicator whether the network is told by a number which values are missing
 */
public record ColumnGaps(
    Optional<DataSpec.Missing> missing, Optional<Double> fill, boolean indicator) {
  /** As the data set has it. */
  public static final ColumnGaps AS_ALL = new ColumnGaps(Optional.empty(), Optional.empty(), false);
}
