package io.evenstep.driver.ml.score;

import io.evenstep.driver.score.Outputs;
import io.evenstep.driver.score.SharedNetwork;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Scorer;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Scores the rows of a partition in batches and appends the result to each row. */
public record VectorScoring(
    String encodingJson, String features, OutputCells cells, Broadcast<SharedNetwork> shared)
    implements MapPartitionsFunction<Row, Row> {
  private static final int BATCH_ROWS = 512;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator();
    }
    Scorer network = shared.value().forTask();
    VectorBatches batches =
        new VectorBatches(
            Encoding.fromJson(encodingJson),
            features,
            TaskContext.getPartitionId(),
            rows,
            BATCH_ROWS);
    return new Scored(network, batches, cells);
  }

  /** The rows with their new cells. */
  private static final class Scored implements Iterator<Row> {
    private final Scorer network;
    private final VectorBatches batches;
    private final OutputCells cells;
    private Iterator<Row> source = Collections.emptyIterator();
    private double[][] outputs = new double[0][]; // [rows][outputs]
    private int at;

    Scored(Scorer network, VectorBatches batches, OutputCells cells) {
      this.network = network;
      this.batches = batches;
      this.cells = cells;
    }

    @Override
    public boolean hasNext() {
      return source.hasNext() || batches.hasNext();
    }

    @Override
    public Row next() {
      if (!source.hasNext()) {
        advance();
      }
      return cells.row(source.next(), outputs[at++]);
    }

    private void advance() {
      if (!batches.hasNext()) {
        throw new NoSuchElementException();
      }
      try (MiniBatch batch = batches.next()) {
        outputs = Outputs.of(network, batch).get(0);
      }
      source = batches.rows().iterator();
      at = 0;
    }
  }
}
