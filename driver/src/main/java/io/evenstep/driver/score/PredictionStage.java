package io.evenstep.driver.score;

import io.evenstep.driver.data.scan.ScoringRows;
import io.evenstep.driver.stage.ComputeTasks;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.driver.watch.RowsWatch;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/** Predicts rows where they are stored, in batches, with one network per running task. */
public final class PredictionStage implements AutoCloseable {
  private final ShippedModel model;
  private final Broadcast<SharedNetwork> network;
  private final LongAccumulator rows;
  private final UnfitRows unfit;

  /** Sends a network to the executors. */
  public PredictionStage(SparkSession spark, ShippedModel model, BadRows badRows) {
    this.model = model;
    this.network =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(new SharedNetwork(model));
    this.rows = RowsWatch.counter(spark.sparkContext(), "Predicting");
    this.unfit =
        new UnfitRows(
            badRows,
            spark.sparkContext().longAccumulator("rows with missing values"),
            spark.sparkContext().longAccumulator("bad rows"));
  }

  /**
   * The rows with their predictions, computed lazily.
   *
   * @param arrays whether to keep columns of arrays and bytes, and probabilities in one array
   */
  public Dataset<Row> predict(ScoringRows source, boolean arrays) {
    PredictionColumns columns =
        PredictionColumns.of(source, model.encoding(), arrays, unfit.keeps());
    String encoding = model.encoding().withoutOutputs().toJson();
    Task task = new Task(encoding, columns, network, rows, unfit);
    ComputeTasks compute = ComputeTasks.of(source.session().sparkContext());
    JavaRDD<Row> predictions = compute.of(source.records().mapPartitions(task::predict));
    return source.session().createDataFrame(predictions, columns.schema(source.schema()));
  }

  /** Counts of the rows so far. Exact unless a task was retried. */
  public PredictedRows rows() {
    return new PredictedRows(rows.value(), unfit.missing().value(), unfit.bad().value());
  }

  /** The work of one task. */
  private record Task(
      String encodingJson,
      PredictionColumns columns,
      Broadcast<SharedNetwork> shared,
      LongAccumulator rows,
      UnfitRows unfit)
      implements ScoredRows.Made, Serializable {
    Iterator<Row> predict(Iterator<Row> source) {
      return ScoredRows.of(RowBatches.ofSource(encodingJson, source, unfit), shared.value(), this);
    }

    @Override
    public Row unfit(Row source, String problem) {
      return columns.row(source, problem);
    }

    @Override
    public Row of(Row source, List<double[][]> outputs, int at) {
      rows.add(1);
      return columns.row(source, outputs, at);
    }
  }

  @Override
  public void close() {
    network.destroy();
  }
}
