package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.part.RowParts;
import io.evenstep.driver.data.source.Sources;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of any source that can be encoded as a model's training rows were. Labels are needed where
 * the encoding has outputs.
 *
 * <p>{@link #open} checks every row once, on the driver, so that scoring fails on no row later.
 */
public final class ScoringRows {
  private final Reading reading;
  private final SourceTable table;

  private ScoringRows(Reading reading, SourceTable table) {
    this.reading = reading;
    this.table = table;
  }

  /**
   * Opens a source and checks that each of its rows can be encoded.
   *
   * @throws DataException when it cannot be read, lacks a column, or has invalid rows; names file,
   *     row and column
   */
  public static ScoringRows open(SparkSession session, SourceSpec source, Encoding encoding) {
    return open(Reading.in(PinnedSession.of(session)), source, encoding);
  }

  /**
   * The same.
   *
   * @param reading with a {@link PinnedSession}, or without Spark
   */
  public static ScoringRows open(Reading reading, SourceSpec source, Encoding encoding) {
    SourceTable table = Sources.read(reading, source);
    EncodingCheck.requireFits(table, encoding);
    return new ScoringRows(reading, table);
  }

  /**
   * Opens a source and checks only its columns. The caller handles rows that do not match.
   *
   * @param reading with a {@link PinnedSession}, or without Spark
   * @throws DataException when it cannot be read or lacks a column
   */
  public static ScoringRows unchecked(Reading reading, SourceSpec source, Encoding encoding) {
    SourceTable table = Sources.read(reading, source);
    table.requireColumns(encoding.encoder().columns());
    return new ScoringRows(reading, table);
  }

  /** The rows: first {@link #columns()} of the source, possibly followed by others. */
  public Dataset<Row> rows() {
    return table.rows();
  }

  /** The session that reads them. */
  public SparkSession session() {
    return reading.spark();
  }

  /** The columns of {@link #rows()}. */
  public StructType schema() {
    return table.schema();
  }

  /** The same rows by partition. */
  public RowParts parts() {
    return table.parts();
  }

  /** The same rows one by one. */
  public JavaRDD<Row> records() {
    return table.records();
  }

  /**
   * Runs work that reads the rows and writes results.
   *
   * @throws DataException when a file can no longer be read
   * @throws io.evenstep.model.StorageException when the output disk is full, read-only or missing
   */
  public void write(Path output, Runnable work) {
    try {
      work.run();
    } catch (Exception e) { // Scala throws checked ones too
      throw ReadFailure.whileWriting(output, table.name(), e);
    }
  }

  /**
   * Runs work that only reads the rows.
   *
   * @throws DataException when a file can no longer be read
   */
  public <T> T read(Supplier<T> work) {
    return ReadFailure.translated(table.name(), work);
  }

  /** Whether each row is a separate file, named by {@link #file}. */
  public boolean rowIsFile() {
    return table.rowIsFile();
  }

  /** The path of a row's file; without scheme on a local disk. */
  public static String file(Row row) {
    return RowProblem.fileName(row.getAs(SourceTable.FILE));
  }

  /** Names of the source's columns. */
  public List<String> columns() {
    return table.columnNames();
  }
}
