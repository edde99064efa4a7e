package io.evenstep.driver.data.split;

import io.evenstep.driver.data.split.Splitter.Split;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Decides which rows are kept for validation and test, where fractions of them are. */
@FunctionalInterface
public interface SplitRule extends Serializable {
  /** Each row by its number alone. */
  SplitRule BY_ROW = (splitter, row, cells) -> splitter.byFraction(splitter.draw(row));

  /**
   * What a row serves for.
   *
   * @param row its number
   */
  public Split split(Splitter splitter, long row, Row cells);
}
