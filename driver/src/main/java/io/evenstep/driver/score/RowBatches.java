package io.evenstep.driver.score;

import io.evenstep.driver.data.file.CellPicker;
import io.evenstep.driver.data.file.ReadableRows;
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
import org.apache.spark.sql.Row;

/** Takes the rows of a partition, some at a time, and encodes them as training rows were. */
public final class RowBatches implements Iterator<RowBatches.Batch> {
  /** Rows of a source that go through a network at once. */
  private static final int SOURCE_ROWS = 256;

  private final RowEncoder encoder;
  private final RecordDecoder decoder;
  private final CellPicker cells;
  private final Iterator<Row> rows;
  private final int most;
  private final Refusal refusal;
  private final ByteBuffer records;
  private List<Row> taken = new ArrayList<>();
  private long index; // of the next row in its partition

  /**
   * Some rows and their tensors.
   *
   * @param rows without those left out for a missing value
   * @param tensors as many rows; without labels where the encoding has no outputs
   */
  public record Batch(List<Row> rows, MiniBatch tensors) {
    /** Copies the list. */
    public Batch {
      rows = List.copyOf(rows);
    }
  }

  /** Says what is wrong with a row that cannot be encoded. */
  @FunctionalInterface
  public interface Refusal {
    /**
     * What is thrown.
     *
     * @param index of the row in its partition, from 0
     */
    DataException of(Row row, long index, InvalidValueException problem);
  }

  /**
   * Begins a partition.
   *
   * @param columns of the rows, in the encoding's order
   * @param most rows of a batch, at least 1; fewer are taken where rows are large
   */
  public RowBatches(
      Encoding encoding, List<String> columns, Iterator<Row> rows, int most, Refusal refusal) {
    this.encoder = encoding.encoder();
    this.decoder = encoding.decoder();
    this.cells = new CellPicker(columns);
    this.rows = rows;
    this.most = SequentialReader.batchRows(most, encoder.recordBytes());
    this.refusal = refusal;
    this.records = ByteBuffer.allocate(this.most * encoder.recordBytes());
  }

  /**
   * Begins a partition of a source, all of whose rows have been checked.
   *
   * @param encoding as JSON, which travels well
   */
  static RowBatches ofSource(String encoding, Iterator<Row> rows) {
    Encoding read = Encoding.fromJson(encoding);
    List<String> columns = read.encoder().columns();
    return new RowBatches(read, columns, new ReadableRows(rows), SOURCE_ROWS, RowBatches::changed);
  }

  private static DataException changed(Row row, long index, InvalidValueException problem) {
    String words = "Invalid data in column " + problem.column() + ": " + problem.text();
    return new DataException(words, problem);
  }

  @Override
  public boolean hasNext() {
    while (taken.size() < most && rows.hasNext()) {
      take(rows.next());
    }
    return !taken.isEmpty();
  }

  private void take(Row row) {
    try {
      int start = taken.size() * encoder.recordBytes();
      if (encoder.encode(cells.pick(row), records.position(start))) {
        taken.add(row);
      }
    } catch (InvalidValueException e) {
      throw refusal.of(row, index, e);
    }
    index++;
  }

  /**
   * The next rows, at least one.
   *
   * @throws DataException where one of them cannot be encoded
   */
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
