package io.evenstep.driver.data.split;

import java.io.Serializable;

/**
 * Which rows of a source are used.
 *
 * @param sample fraction of the rows, chosen by their numbers; 1 for all
 * @param skipsBad whether rows that cannot be used are left out instead of refused
 */
public record RowUse(double sample, boolean skipsBad) implements Serializable {
  /** All rows, each of which must be usable. */
  public static final RowUse ALL = new RowUse(1, false);
}
