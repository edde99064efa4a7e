package io.evenstep.driver.data.split;

import io.evenstep.driver.data.split.Splitter.Split;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Decides which rows are held out for validation and test by fractions. */
@FunctionalInterface
public interface SplitRule extends Serializable {
  /** Decides by the row's number only. */
  SplitRule BY_ROW = (splitter, row, cells) -> splitter.byFraction(splitter.draw(row));

  /**
   * The split of a row.
   *
   * @param row its number
   */
  public Split split(Splitter splitter, long row, Row cells);
}
