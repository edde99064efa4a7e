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
 * Rows of any source, encoded as a model's training rows were. Labels are needed where the encoding
 * has outputs.
 *
 * <p>On the driver: {@link #open}, which checks every row once, so that {@link #batches} fails on
 * no row later. In a task: {@link #batches}.
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
   * @throws DataException when it cannot be read, lacks a column, or holds rows that do not fit;
   *     names file, row and column
   */
  public static ScoringRows open(SparkSession session, SourceSpec source, Encoding encoding) {
    SparkSession pinned = PinnedSession.of(session);
    SourceTable table = Sources.read(pinned, source);
    EncodingCheck.requireFits(table, encoding);
    return new ScoringRows(pinned, table);
  }

  /** The rows; {@link #columns()} are the source's own, more may follow. */
  public Dataset<Row> rows() {
    return table.rows();
  }

  /** The session they are read in. */
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
   * Does what reads the rows and writes what comes of them.
   *
   * @throws DataException when a file of theirs cannot be read any more
   * @throws io.evenstep.model.StorageException when the disk that is written to is full, read-only
   *     or away
   */
  public void write(Path output, Runnable work) {
    try {
      work.run();
    } catch (Exception e) { // Scala throws checked ones too
      throw ReadFailure.whileWriting(output, table.name(), e);
    }
  }

  /**
   * Does what only reads the rows.
   *
   * @throws DataException when a file of theirs cannot be read any more
   */
  public <T> T read(Supplier<T> work) {
    return ReadFailure.translated(table.name(), work);
  }

  /** Whether each row is a file of its own, which {@link #file} names. */
  public boolean rowIsFile() {
    return table.rowIsFile();
  }

  /** The path of the file that one of {@link #rows()} came from; without scheme on a local disk. */
  public static String file(Row row) {
    return RowProblem.fileName(row.getAs(SourceTable.FILE));
  }

  /** Names of the source's own columns. */
  public List<String> columns() {
    return table.columnNames();
  }

  /**
   * Some rows and their features.
   *
   * @param rows those of the source; rows left out for a missing value are not among them
   * @param tensors as many rows; without labels where the encoding has no outputs
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
   * @param encoding as JSON, which travels well
   * @param most rows of a batch, at least 1; fewer are taken where rows are large
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

    /** The next row, unless the batch is full; its file was readable when it was checked. */
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
