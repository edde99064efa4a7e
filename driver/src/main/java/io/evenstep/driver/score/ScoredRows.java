package io.evenstep.driver.score;

import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Scorer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** The rows of a partition with the network's outputs for them. */
public final class ScoredRows implements Iterator<Row> {
  private final Scorer network;
  private final RowBatches batches;
  private final Made made;
  private List<Row> rows = List.of();
  private List<String> problems = List.of(); // of the rows
  private List<double[][]> outputs = List.of(); // [output][row][number]
  private int at;
  private int scored; // of the rows before

  /** Makes the rows of the result. */
  @FunctionalInterface
  public interface Made {
    /**
     * The result row for a scored row.
     *
     * @param outputs of each output [rows][numbers]
     * @param at index of the row
     */
    Row of(Row source, List<double[][]> outputs, int at);

    /**
     * The result row for a row that cannot be scored but is kept.
     *
     * @param problem what is wrong with it
     */
    default Row unfit(Row source, String problem) {
      throw new IllegalStateException("No row is kept that cannot be scored: " + problem);
    }
  }

  private ScoredRows(Scorer network, RowBatches batches, Made made) {
    this.network = network;
    this.batches = batches;
    this.made = made;
  }

  /** Scores in the calling task. A batch is computed when its first row is requested. */
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
    Row source = rows.get(at);
    String problem = problems.get(at);
    at++;
    return problem.isEmpty() ? made.of(source, outputs, scored++) : made.unfit(source, problem);
  }

  private void advance() {
    if (!batches.hasNext()) {
      throw new NoSuchElementException();
    }
    RowBatches.Batch batch = batches.next();
    if (batch.scored().isPresent()) {
      try (MiniBatch tensors = batch.tensors()) {
        outputs = Outputs.of(network, tensors);
      }
    }
    rows = batch.rows();
    problems = batch.problems();
    at = 0;
    scored = 0;
  }
}
