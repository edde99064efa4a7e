package io.evenstep.driver.data.arrange;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Where a row belongs: its series, its time in it, and its number for rows of one time.
 *
 * @param series name of the series
 * @param time number that orders the rows of a series
 * @param row number of the row in its source
 */
record RowPlace(String series, double time, long row)
    implements Serializable, Comparable<RowPlace> {
  private static final Comparator<RowPlace> ORDER =
      Comparator.comparing(RowPlace::series)
          .thenComparingDouble(RowPlace::time)
          .thenComparingLong(RowPlace::row);

  @Override
  public int compareTo(RowPlace other) {
    return ORDER.compare(this, other);
  }
}
