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

/** Takes the rows of a partition in batches and encodes them like training rows. */
public final class RowBatches implements Iterator<RowBatches.Batch> {
  /** Rows of a source in one forward pass. */
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
   * @param rows the rows that can be scored, and others that are kept anyway
   * @param problems what is wrong with each row; empty for a row that can be scored
   * @param scored the rows that can be scored, without labels if the encoding has no outputs; empty
   *     if there are none
   */
  public record Batch(List<Row> rows, List<String> problems, Optional<MiniBatch> scored) {
    /** Copies the lists. */
    public Batch {
      rows = List.copyOf(rows);
      problems = List.copyOf(problems);
    }

    /** A batch in which all rows can be scored. */
    public MiniBatch tensors() {
      return scored.orElseThrow();
    }
  }

  /** Decides what to do with rows that cannot be scored. */
  public interface Unfit {
    /** What is already known to be wrong with a row; empty if nothing is. */
    default Optional<String> before(Row row) {
      return Optional.empty();
    }

    /**
     * Describes what is wrong with a row.
     *
     * @param index of the row in its partition, from 0
     * @throws DataException when such rows are not allowed
     */
    String invalid(Row row, long index, InvalidValueException problem);

    /** Describes what is wrong with a row that lacks a value. */
    default String missing(Row row) {
      return "a value is missing";
    }

    /** Whether such rows stay among the others. */
    default boolean keeps() {
      return false;
    }
  }

  /**
   * Starts a partition.
   *
   * @param columns of the rows, in the encoding's order
   * @param most rows of a batch, at least 1; fewer if rows are large
   * @param unfit handles rows that cannot be scored
   */
  public RowBatches(
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
   * Starts a partition of a source whose rows have all been checked.
   *
   * @param encoding as JSON, which travels well
   */
  static RowBatches ofSource(String encoding, Iterator<Row> rows) {
    return ofSource(
        encoding,
        rows,
        (row, index, problem) -> {
          throw changed(problem);
        });
  }

  /**
   * Starts a partition of a source.
   *
   * @param encoding as JSON, which travels well
   * @param unfit handles rows that cannot be scored
   */
  static RowBatches ofSource(String encoding, Iterator<Row> rows, Unfit unfit) {
    Encoding read = Encoding.fromJson(encoding);
    List<String> columns = read.encoder().columns();
    return new RowBatches(read, columns, new ReadableRows(rows), SOURCE_ROWS, unfit);
  }

  /** For a row that was in order when its source was checked. */
  static DataException changed(InvalidValueException problem) {
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

  /** What is wrong with a row; empty if it was encoded. */
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
   * @throws DataException when one of them cannot be encoded
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
