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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/**
 * Predicts rows where they are stored, in batches, with one network per running task; or in the
 * calling thread, without Spark.
 */
public final class PredictionStage implements AutoCloseable {
  private final ShippedModel model;
  private final Shared<SharedNetwork> network;
  private final LongAccumulator rows;
  private final UnfitRows unfit;

  /** Sends a network to the executors. */
  public PredictionStage(SparkSession spark, ShippedModel model, BadRows badRows) {
    this(
        model,
        Shared.on(
            JavaSparkContext.fromSparkContext(spark.sparkContext()), new SharedNetwork(model)),
        RowsWatch.counter(spark.sparkContext(), "Predicting"),
        new UnfitRows(
            badRows,
            spark.sparkContext().longAccumulator("rows with missing values"),
            spark.sparkContext().longAccumulator("bad rows")));
  }

  private PredictionStage(
      ShippedModel model, Shared<SharedNetwork> network, LongAccumulator rows, UnfitRows unfit) {
    this.model = model;
    this.network = network;
    this.rows = rows;
    this.unfit = unfit;
  }

  /** A stage for rows that are read without Spark. */
  public static PredictionStage here(ShippedModel model, BadRows badRows) {
    return new PredictionStage(
        model,
        Shared.here(new SharedNetwork(model)),
        new LongAccumulator(),
        new UnfitRows(badRows, new LongAccumulator(), new LongAccumulator()));
  }

  /**
   * The rows with their predictions, computed lazily.
   *
   * @param arrays whether to keep columns of arrays and bytes, and probabilities in one array
   */
  public Dataset<Row> predict(ScoringRows source, boolean arrays) {
    PredictionColumns columns = columns(source, arrays);
    Task task = task(columns);
    ComputeTasks compute = ComputeTasks.of(source.session().sparkContext());
    JavaRDD<Row> predictions = compute.of(source.records().mapPartitions(task::predict));
    return source.session().createDataFrame(predictions, columns.schema(source.schema()));
  }

  /**
   * Predicts rows that are read without Spark.
   *
   * @param arrays as for {@link #predict}
   * @param sink takes the rows of each partition
   */
  public void predictHere(ScoringRows source, boolean arrays, Sink sink) {
    PredictionColumns columns = columns(source, arrays);
    StructType schema = columns.schema(source.schema());
    Task task = task(columns);
    source
        .parts()
        .each(
            (partition, rows) -> {
              sink.take(partition, schema, task.predict(rows));
              return partition;
            },
            partition -> {});
  }

  /** Takes predictions. */
  @FunctionalInterface
  public interface Sink extends Serializable {
    /** Takes the rows of one partition, which are computed while they are taken. */
    void take(int partition, StructType schema, Iterator<Row> rows);
  }

  private PredictionColumns columns(ScoringRows source, boolean arrays) {
    return PredictionColumns.of(source, model.encoding(), arrays, unfit.keeps());
  }

  private Task task(PredictionColumns columns) {
    String encoding = model.encoding().withoutOutputs().toJson();
    return new Task(encoding, columns, network, rows, unfit);
  }

  /** Counts of the rows so far. Exact unless a task was retried. */
  public PredictedRows rows() {
    return new PredictedRows(rows.value(), unfit.missing().value(), unfit.bad().value());
  }

  /** The work of one task. */
  private record Task(
      String encodingJson,
      PredictionColumns columns,
      Shared<SharedNetwork> shared,
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
