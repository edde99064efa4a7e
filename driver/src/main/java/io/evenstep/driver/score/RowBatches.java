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
import java.util.Optional;
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
  private final Unfit unfit;
  private final ByteBuffer records;
  private List<Row> taken = new ArrayList<>();
  private List<String> problems = new ArrayList<>(); // of those taken
  private int scored; // of those taken
  private long index; // of the next row in its partition

  /**
   * Some rows and their tensors.
   *
   * @param rows those that can be scored, and others that are kept all the same
   * @param problems what is wrong with each row; an empty text where it can be scored
   * @param scored those that can be, without labels where the encoding has no outputs; empty where
   *     there are none
   */
  public record Batch(List<Row> rows, List<String> problems, Optional<MiniBatch> scored) {
    /** Copies the lists. */
    public Batch {
      rows = List.copyOf(rows);
      problems = List.copyOf(problems);
    }

    /** All rows, where only those are kept that can be scored. */
    public MiniBatch tensors() {
      return scored.orElseThrow();
    }
  }

  /** Hears of rows that cannot be scored, and decides what becomes of them. */
  public interface Unfit {
    /** What is wrong with a row before it is looked at; empty where nothing is known. */
    default Optional<String> before(Row row) {
      return Optional.empty();
    }

    /**
     * What is wrong with a row, in words.
     *
     * @param index of the row in its partition, from 0
     * @throws DataException when no such row may be
     */
    String invalid(Row row, long index, InvalidValueException problem);

    /** What is wrong with a row that lacks a value, in words. */
    default String missing(Row row) {
      return "a value is missing";
    }

    /** Whether such rows are kept among the others. */
    default boolean keeps() {
      return false;
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
    this(
        encoding,
        columns,
        rows,
        most,
        (Unfit)
            (row, index, problem) -> {
              throw refusal.of(row, index, problem);
            });
  }

  private RowBatches(
      Encoding encoding, List<String> columns, Iterator<Row> rows, int most, Unfit unfit) {
    this.encoder = encoding.encoder();
    this.decoder = encoding.decoder();
    this.cells = new CellPicker(columns);
    this.rows = rows;
    this.most = SequentialReader.batchRows(most, encoder.recordBytes());
    this.unfit = unfit;
    this.records = ByteBuffer.allocate(this.most * encoder.recordBytes());
  }

  /**
   * Begins a partition of a source, all of whose rows have been checked.
   *
   * @param encoding as JSON, which travels well
   */
  static RowBatches ofSource(String encoding, Iterator<Row> rows) {
    Refusal refusal = RowBatches::changed;
    Encoding read = Encoding.fromJson(encoding);
    List<String> columns = read.encoder().columns();
    return new RowBatches(read, columns, new ReadableRows(rows), SOURCE_ROWS, refusal);
  }

  /**
   * Begins a partition of a source.
   *
   * @param encoding as JSON, which travels well
   * @param unfit hears of rows that cannot be scored
   */
  static RowBatches ofSource(String encoding, Iterator<Row> rows, Unfit unfit) {
    Encoding read = Encoding.fromJson(encoding);
    List<String> columns = read.encoder().columns();
    return new RowBatches(read, columns, new ReadableRows(rows), SOURCE_ROWS, unfit);
  }

  static DataException changed(Row row, long index, InvalidValueException problem) {
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
    String problem = unfit.before(row).orElseGet(() -> encoded(row));
    if (problem.isEmpty() || unfit.keeps()) {
      taken.add(row);
      problems.add(problem);
    }
    index++;
  }

  /** What is wrong with a row; an empty text where it has become a record. */
  private String encoded(Row row) {
    try {
      int start = scored * encoder.recordBytes();
      if (!encoder.encode(cells.pick(row), records.position(start))) {
        return unfit.missing(row);
      }
      scored++;
      return "";
    } catch (InvalidValueException e) {
      return unfit.invalid(row, index, e);
    }
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
    Optional<MiniBatch> tensors =
        scored == 0 ? Optional.empty() : Optional.of(decoder.decode(records.position(0), scored));
    Batch batch = new Batch(taken, problems, tensors);
    taken = new ArrayList<>();
    problems = new ArrayList<>();
    scored = 0;
    return batch;
  }
}
