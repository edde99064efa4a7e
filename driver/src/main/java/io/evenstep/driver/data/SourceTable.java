package io.evenstep.driver.data;

import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;

/**
 * A source's rows, with what is needed to say where one came from.
 *
 * @param name what messages call the source when a row has no file
 * @param rows the source's columns, then {@link #FILE}, and for CSV {@link #CORRUPT}
 * @param pixels [channels, height, width] of the raw bytes in the column {@code image}, IDX only
 * @param origin what a row is part of
 */
record SourceTable(String name, Dataset<Row> rows, List<Long> pixels, Origin origin) {
  /** What a row is part of. */
  enum Origin {
    /** Rows lie in files one after another. */
    FILES,
    /** Each row is a file of its own. */
    FILE_EACH,
    /** Rows are computed, and might come in another order if they were computed again. */
    COMPUTED
  }

  /** The column that holds the file a row came from, or an empty text. */
  static final String FILE = "__file";

  /** The column that holds a row's text when its fields do not fit the columns. */
  static final String CORRUPT = "__corrupt";

  SourceTable {
    pixels = List.copyOf(pixels);
  }

  /** The source's own columns. */
  List<StructField> columns() {
    return Arrays.stream(rows.schema().fields())
        .filter(field -> !field.name().equals(FILE) && !field.name().equals(CORRUPT))
        .toList();
  }

  List<String> columnNames() {
    return columns().stream().map(StructField::name).toList();
  }

  /**
   * Checks that it has some columns.
   *
   * @throws DataException naming those that it lacks
   */
  void requireColumns(List<String> needed) {
    List<String> missing = new ArrayList<>(needed);
    missing.removeAll(columnNames());
    if (!missing.isEmpty()) {
      throw new DataException(
          "Invalid columns of " + name + ": must include " + missing + ", got " + columnNames());
    }
  }

  boolean rowIsFile() {
    return origin == Origin.FILE_EACH;
  }

  /** The same rows; computed ones are computed only once, and then kept on disk until closed. */
  SourceTable kept() {
    return origin == Origin.COMPUTED
        ? new SourceTable(name, rows.persist(StorageLevel.DISK_ONLY()), pixels, origin)
        : this;
  }

  /** Lets go of what {@link #kept} keeps. */
  void close() {
    if (origin == Origin.COMPUTED) {
      rows.unpersist();
    }
  }
}
