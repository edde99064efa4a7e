package io.evenstep.driver.score;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Scorer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** The rows of a partition, each with what a network says of it. */
public final class ScoredRows implements Iterator<Row> {
  private final Scorer network;
  private final RowBatches batches;
  private final Made made;
  private List<Row> rows = List.of();
  private List<double[][]> outputs = List.of(); // [output][row][number]
  private int at;

  /** What becomes of a row. */
  @FunctionalInterface
  public interface Made {
    /**
     * The row that comes out.
     *
     * @param outputs of each output [rows][numbers]
     * @param at which of the rows it is
     */
    Row of(Row source, List<double[][]> outputs, int at);
  }

  private ScoredRows(Scorer network, RowBatches batches, Made made) {
    this.network = network;
    this.batches = batches;
    this.made = made;
  }

  /** Scores in the task that calls, one batch when its first row is asked for. */
  public static Iterator<Row> of(RowBatches batches, SharedNetwork network, Made made) {
    return batches.hasNext()
        ? new ScoredRows(network.forTask(), batches, made)
        : Collections.emptyIterator();
  }

  @Override
  public boolean hasNext() {
    return at < rows.size() || batches.hasNext();
  }

  @Override
  public Row next() {
    if (at == rows.size()) {
      advance();
    }
    Row row = made.of(rows.get(at), outputs, at);
    at++;
    return row;
  }

  private void advance() {
    if (!batches.hasNext()) {
      throw new NoSuchElementException();
    }
    RowBatches.Batch batch = batches.next();
    try (MiniBatch tensors = batch.tensors()) {
      outputs = Outputs.of(network, tensors);
    }
    rows = batch.rows();
    at = 0;
  }
}
