package io.evenstep.driver.data.file;

import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.part.RowParts;
import io.evenstep.driver.data.part.SparkParts;
import io.evenstep.model.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a source, and where each row came from.
 *
 * @param name name of the source in messages when a row has no file
 * @param schema the source's columns, then {@link #CORRUPT} for text, and {@link #FILE}
 * @param pixels [channels, height, width] of the raw bytes in the column {@code image}, IDX only
 * @param origin where rows come from
 * @param dataset its rows as a Dataset, which is slow to create with thousands of columns
 * @param parts its rows by partition
 * @param notices what a user may want to know about it
 */
public record SourceTable(
    String name,
    StructType schema,
    List<Long> pixels,
    Origin origin,
    Supplier<Dataset<Row>> dataset,
    RowParts parts,
    List<String> notices) {
  /** Where rows come from. */
  public enum Origin {
    /** Files with many rows. */
    FILES,
    /** Each row is a separate file. */
    FILE_EACH,
    /** Rows are computed, and computing them again may change their order. */
    COMPUTED
  }

  /** The column with the file of a row, or an empty string. */
  public static final String FILE = "__file";

  /** The column with the problem of a whole row, or null. */
  public static final String CORRUPT = "__corrupt";

  public SourceTable {
    pixels = List.copyOf(pixels);
    notices = List.copyOf(notices);
  }

  /** Rows that Spark reads. */
  public SourceTable(String name, Dataset<Row> rows, List<Long> pixels, Origin origin) {
    this(
        name,
        rows.schema(),
        pixels,
        origin,
        () -> rows,
        new SparkParts(() -> SparkRows.of(rows)),
        List.of());
  }

  /** Rows of files that our own reader makes, each with its schema. */
  public static SourceTable ofRecords(
      String name, RowParts parts, List<Long> pixels, StructType schema, Reading reading) {
    return ofRecords(name, parts, pixels, schema, reading, List.of());
  }

  /** The same, with notices. */
  public static SourceTable ofRecords(
      String name,
      RowParts parts,
      List<Long> pixels,
      StructType schema,
      Reading reading,
      List<String> notices) {
    return new SourceTable(
        name,
        schema,
        pixels,
        Origin.FILES,
        () -> reading.spark().createDataFrame(parts.rdd(), schema),
        parts,
        notices);
  }

  /** The file of a row; empty if unknown. */
  public static String file(Row row) {
    StructType schema = row.schema();
    boolean known = schema != null && List.of(schema.fieldNames()).contains(FILE);
    return known ? row.getString(row.fieldIndex(FILE)) : "";
  }

  /**
   * What is wrong with a row as a whole; it precedes the file's name. Empty if nothing is wrong.
   */
  public static String corrupt(Row row) {
    int fields = row.size() - 2;
    boolean known = fields >= 0 && row.schema().fields()[fields].name().equals(CORRUPT);
    return known && !row.isNullAt(fields) ? row.getString(fields) : "";
  }

  public Dataset<Row> rows() {
    return dataset.get();
  }

  /** The rows one by one, each with its schema, at a cost linear in the number of columns. */
  public JavaRDD<Row> records() {
    return parts.rdd();
  }

  /**
   * Works on each partition, and delivers the results in the order of the partitions.
   *
   * @throws DataException and others, translated by {@link ReadFailure#of}
   */
  public <T> void eachPart(RowParts.Work<T> work, Consumer<T> results) {
    ReadFailure.translated(name, () -> parts.each(work, results));
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
   * Checks that it has the given columns.
   *
   * @throws DataException naming the missing ones
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

  /** Advice for missing columns, for text files. */
  public String advice() {
    boolean text = columns().stream().allMatch(c -> c.dataType() instanceof StringType);
    return text ? Advice.ofHeader(columnNames()) : "";
  }

  public boolean rowIsFile() {
    return origin == Origin.FILE_EACH;
  }

  /** The same rows. Computed rows are computed once and persisted on disk until closed. */
  public SourceTable kept() {
    return origin == Origin.COMPUTED
        ? new SourceTable(name, rows().persist(StorageLevel.DISK_ONLY()), pixels, origin)
        : this;
  }

  /** Releases what {@link #kept} persisted. */
  public void close() {
    if (origin == Origin.COMPUTED) {
      rows().unpersist();
    }
  }
}
