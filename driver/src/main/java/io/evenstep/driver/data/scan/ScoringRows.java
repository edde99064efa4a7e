package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.source.Sources;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.RowEncoder;
import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.worker.feed.SequentialReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows of any source, encoded like a model's training rows. Labels are required if the encoding has
 * outputs.
 *
 * <p>On the driver, {@link #open} checks every row once, so that {@link #batches}, called in tasks,
 * does not fail on a row later.
 */
public final class ScoringRows {
  private final SparkSession session;
  private final SourceTable table;

  private ScoringRows(SparkSession session, SourceTable table) {
    this.session = session;
    this.table = table;
  }

  /**
   * Opens a source and checks that each of its rows can be encoded.
   *
   * @throws DataException when it cannot be read, lacks a column, or has invalid rows; names file,
   *     row and column
   */
  public static ScoringRows open(SparkSession session, SourceSpec source, Encoding encoding) {
    SparkSession pinned = PinnedSession.of(session);
    SourceTable table = Sources.read(pinned, source);
    EncodingCheck.requireFits(table, encoding);
    return new ScoringRows(pinned, table);
  }

  /** The rows: first {@link #columns()} of the source, possibly followed by others. */
  public Dataset<Row> rows() {
    return table.rows();
  }

  /** The session that reads them. */
  public SparkSession session() {
    return session;
  }

  /** The columns of {@link #rows()}. */
  public StructType schema() {
    return table.schema();
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

  /**
   * A batch of rows and their features.
   *
   * @param rows rows of the source, without those skipped for a missing value
   * @param tensors of the same rows; without labels if the encoding has no outputs
   */
  public record Batch(List<Row> rows, MiniBatch tensors) {
    /** Copies the list. */
    public Batch {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Encodes rows lazily, for use inside a task.
   *
   * @param encoding as JSON, which every Spark serializer supports
   * @param most maximum number of rows in a batch, at least 1; large rows give smaller batches
   */
  public static Iterator<Batch> batches(String encoding, Iterator<Row> rows, int most) {
    return new Batches(Encoding.fromJson(encoding), rows, most);
  }

  private static final class Batches implements Iterator<Batch> {
    private final RowEncoder encoder;
    private final RecordDecoder decoder;
    private final PartitionEncoder.CellPicker cells;
    private final ByteBuffer records;
    private final Iterator<Row> rows;
    private final int most;
    private List<Row> taken = new ArrayList<>();
    private @Nullable Row last;

    Batches(Encoding encoding, Iterator<Row> rows, int most) {
      this.encoder = encoding.encoder();
      this.decoder = encoding.decoder();
      this.cells = new PartitionEncoder.CellPicker(encoder.columns());
      this.most = SequentialReader.batchRows(most, encoder.recordBytes());
      this.records = ByteBuffer.allocate(this.most * encoder.recordBytes());
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      for (Row row = read(); row != null; row = read()) {
        take(row);
      }
      return !taken.isEmpty();
    }

    /** The next row, unless the batch is full. Its file was readable during the check. */
    private @Nullable Row read() {
      try {
        if (taken.size() == most || !rows.hasNext()) {
          return null;
        }
        last = rows.next();
        return last;
      } catch (Exception e) { // Scala throws checked ones too
        throw ReadFailure.unreadable(e, last);
      }
    }

    private void take(Row row) {
      int start = taken.size() * encoder.recordBytes();
      try {
        if (encoder.encode(cells.pick(row), records.position(start))) {
          taken.add(row);
        }
      } catch (InvalidValueException e) {
        throw new DataException("Invalid data in column " + e.column() + ": " + e.text(), e);
      }
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Batch batch = new Batch(taken, decoder.decode(records.position(0), taken.size()));
      taken = new ArrayList<>();
      return batch;
    }
  }
}
