package io.evenstep.driver.data.file;

import io.evenstep.model.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * A source's rows, with what is needed to say where one came from.
 *
 * @param name what messages call the source when a row has no file
 * @param schema the source's columns, then {@link #CORRUPT} for text, and {@link #FILE}
 * @param pixels [channels, height, width] of the raw bytes in the column {@code image}, IDX only
 * @param origin what a row is part of
 * @param dataset its rows as Spark has them, which takes long to make where columns are thousands
 * @param each its rows one by one
 */
public record SourceTable(
    String name,
    StructType schema,
    List<Long> pixels,
    Origin origin,
    Supplier<Dataset<Row>> dataset,
    Supplier<JavaRDD<Row>> each) {
  /** What a row is part of. */
  public enum Origin {
    /** Rows lie in files one after another. */
    FILES,
    /** Each row is a file of its own. */
    FILE_EACH,
    /** Rows are computed, and might come in another order if they were computed again. */
    COMPUTED
  }

  /** The column that holds the file a row came from, or an empty text. */
  public static final String FILE = "__file";

  /** The column that says what is wrong with a row as a whole, or null. */
  public static final String CORRUPT = "__corrupt";

  public SourceTable {
    pixels = List.copyOf(pixels);
  }

  /** Rows that Spark reads. */
  public SourceTable(String name, Dataset<Row> rows, List<Long> pixels, Origin origin) {
    this(name, rows.schema(), pixels, origin, () -> rows, () -> SparkRows.of(rows));
  }

  /** Rows of files that a reader of ours makes, each with its schema. */
  public static SourceTable ofRecords(
      String name, JavaRDD<Row> records, StructType schema, SparkSession session) {
    return new SourceTable(
        name,
        schema,
        List.of(),
        Origin.FILES,
        () -> session.createDataFrame(records, schema),
        () -> records);
  }

  /** The file that a row came from; empty where none is known. */
  public static String file(Row row) {
    StructType schema = row.schema();
    boolean known = schema != null && List.of(schema.fieldNames()).contains(FILE);
    return known ? row.getString(row.fieldIndex(FILE)) : "";
  }

  /** What is wrong with a row as a whole; it lies before the file's name. Empty for nothing. */
  public static String corrupt(Row row) {
    int fields = row.size() - 2;
    boolean known = fields >= 0 && row.schema().fields()[fields].name().equals(CORRUPT);
    return known && !row.isNullAt(fields) ? row.getString(fields) : "";
  }

  public Dataset<Row> rows() {
    return dataset.get();
  }

  /** The rows one by one, each with its schema, at a cost that grows with its columns alone. */
  public JavaRDD<Row> records() {
    return each.get();
  }

  /** The source's own columns. */
  List<StructField> columns() {
    return Arrays.stream(schema.fields())
        .filter(field -> !field.name().equals(FILE) && !field.name().equals(CORRUPT))
        .toList();
  }

  public List<String> columnNames() {
    return columns().stream().map(StructField::name).toList();
  }

  /**
   * Checks that it has some columns.
   *
   * @throws DataException naming those that it lacks
   */
  public void requireColumns(List<String> needed) {
    Set<String> there = Set.copyOf(columnNames());
    List<String> missing = needed.stream().filter(column -> !there.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new DataException(
          "Invalid columns of "
              + name
              + ": must include "
              + missing
              + ", got "
              + columnNames()
              + advice());
    }
  }

  /** What the names of the columns ask for, where rows are text. */
  public String advice() {
    boolean text = columns().stream().allMatch(c -> c.dataType() instanceof StringType);
    return text ? Advice.ofHeader(columnNames()) : "";
  }

  public boolean rowIsFile() {
    return origin == Origin.FILE_EACH;
  }

  /** The same rows; computed ones are computed only once, and then kept on disk until closed. */
  public SourceTable kept() {
    return origin == Origin.COMPUTED
        ? new SourceTable(name, rows().persist(StorageLevel.DISK_ONLY()), pixels, origin)
        : this;
  }

  /** Lets go of what {@link #kept} keeps. */
  public void close() {
    if (origin == Origin.COMPUTED) {
      rows().unpersist();
    }
  }
}
