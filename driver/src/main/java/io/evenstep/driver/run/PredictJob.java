package io.evenstep.driver.run;

import io.evenstep.driver.config.key.Device;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.data.pack.UploadCommit;
import io.evenstep.driver.data.scan.ScoringRows;
import io.evenstep.driver.run.PredictRequest.Format;
import io.evenstep.driver.score.PredictionStage;
import io.evenstep.driver.stage.Cuda;
import io.evenstep.driver.stage.JobLabel;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Predicts rows with the network of a finished run and writes them with their predictions. */
public final class PredictJob {
  /**
   * Quotes are doubled, as Excel, pandas and our own reader expect. Values are written unchanged.
   */
  private static final Map<String, String> RFC_4180 =
      Map.of(
          "header", "true",
          "escape", "\"",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false");

  private PredictJob() {}

  /**
   * Predicts and writes.
   *
   * @return number of rows written, without those skipped for a missing value
   * @throws ConfigException when the run has no model, or the output exists
   * @throws TemporaryException when another process is writing it
   * @throws DataException when the rows cannot be read or do not fit the network
   */
  public static long run(PredictRequest request, SparkSession spark, Progress progress) {
    Cuda.requireFit(Device.AUTO, spark.sparkContext().getConf());
    ShippedModel saved =
        ModelFiles.read(request.run(), Loss.OF_TASK, request.engine(), request.allowed());
    ShippedModel model = saved.with(saved.encoding().with(request.leniency()));
    Path output = new Path(request.output());
    String name = request.run().folder().getName();
    try (PredictionFolder folder = PredictionFolder.take(output, spark, request.stop(), progress);
        JobLabel label = JobLabel.of(spark.sparkContext(), name, "predict")) {
      long rows = predict(request, model, output, spark, progress);
      folder.finished();
      return rows;
    }
  }

  private static long predict(
      PredictRequest request,
      ShippedModel model,
      Path output,
      SparkSession spark,
      Progress progress) {
    ScoringRows rows = ScoringRows.open(spark, request.input(), model.encoding().withoutOutputs());
    progress.say("Predicting rows of " + request.input().words());
    try (PredictionStage stage = new PredictionStage(spark, model)) {
      Dataset<Row> predictions = stage.predict(rows, request.format() == Format.PARQUET);
      UploadCommit.useFor(output, predictions.sparkSession());
      rows.write(output, () -> write(predictions, request.format(), output.toString()));
      return stage.rows();
    }
  }

  private static void write(Dataset<Row> predictions, Format format, String output) {
    if (format == Format.PARQUET) {
      predictions.write().mode(SaveMode.ErrorIfExists).parquet(output);
    } else {
      predictions.write().mode(SaveMode.ErrorIfExists).options(RFC_4180).csv(output);
    }
  }
}
