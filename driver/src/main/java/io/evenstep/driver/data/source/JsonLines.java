package io.evenstep.driver.data.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds invalid JSON lines, which Spark puts into a separate column. */
final class JsonLines {
  private static final String RULE = "each line must be a separate JSON object";
  private static final String ADVICE =
      "; if an object spans several lines, set data.options.multiLine: true";
  private static final int SHOWN_CHARACTERS = 60;

  private JsonLines() {}

  /**
   * The rows. The column {@link SourceTable#CORRUPT} has the problem of a row, if any.
   *
   * @throws DataException when no row is valid JSON
   */
  static Dataset<Row> marked(Dataset<Row> rows, String name) {
    String corrupt = rows.sparkSession().sessionState().conf().columnNameOfCorruptRecord();
    List<String> columns = new ArrayList<>(Arrays.asList(rows.columns()));
    if (!columns.remove(corrupt)) {
      return rows;
    } else if (columns.isEmpty()) {
      throw new DataException("Cannot read " + name + ": " + RULE + ", got none" + ADVICE);
    }
    List<Column> marked = new ArrayList<>();
    columns.forEach(column -> marked.add(col("`" + column.replace("`", "``") + "`")));
    marked.add(
        concat(
                lit(RULE + ", got "),
                substring(col("`" + corrupt + "`"), 1, SHOWN_CHARACTERS),
                lit(ADVICE))
            .as(SourceTable.CORRUPT));
    return rows.select(marked.toArray(Column[]::new));
  }
}
