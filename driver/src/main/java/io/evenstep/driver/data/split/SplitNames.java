package io.evenstep.driver.data.split;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Names the class of a row; without classes, it is the same for all rows. */
@FunctionalInterface
public interface SplitNames extends Serializable {
  String of(Row cells);
}
