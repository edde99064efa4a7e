package io.evenstep.driver.data.spec;

/**
 * Which rows of the sources are used.
 *
 * @param sample fraction of the training source's rows, below 1; or about how many rows, 1 or more;
 *     {@link #ALL} for all
 * @param badRows what to do with rows that cannot be used
 */
public record RowsSpec(double sample, BadRows badRows) {
  /** The sample that is the whole source. */
  public static final double ALL = Double.POSITIVE_INFINITY;

  /** All rows, each of which must be usable. */
  public static final RowsSpec USUAL = new RowsSpec(ALL, BadRows.REFUSE);

  /** What to do with rows that cannot be used. */
  public enum BadRows {
    REFUSE,
    /** They are left out and counted. */
    SKIP
  }
}
