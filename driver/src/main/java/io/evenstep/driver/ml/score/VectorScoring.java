package io.evenstep.driver.ml.score;

import io.evenstep.driver.score.RowBatches;
import io.evenstep.driver.score.ScoredRows;
import io.evenstep.driver.score.SharedNetwork;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Scores the vectors of a partition in batches, and adds cells to each row. A row whose vector is
 * missing or does not fit the network is reported.
 */
public record VectorScoring(
    String encodingJson, String features, OutputCells cells, Broadcast<SharedNetwork> shared)
    implements MapPartitionsFunction<Row, Row> {
  private static final int BATCH_ROWS = 512;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    int partition = TaskContext.getPartitionId();
    RowBatches batches =
        new RowBatches(
            Encoding.fromJson(encodingJson),
            List.of(features),
            rows,
            BATCH_ROWS,
            (row, index, problem) -> {
              throw new DataException(
                  RowRules.message(RowName.of(partition, index, row), problem.in(features)),
                  problem);
            });
    return ScoredRows.of(batches, shared.value(), cells::row);
  }
}
