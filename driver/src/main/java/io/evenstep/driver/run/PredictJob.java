package io.evenstep.driver.run;

import io.evenstep.driver.config.key.Device;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.data.pack.UploadCommit;
import io.evenstep.driver.data.scan.ScoringRows;
import io.evenstep.driver.run.PredictRequest.Format;
import io.evenstep.driver.score.BadRows;
import io.evenstep.driver.score.PredictedRows;
import io.evenstep.driver.score.PredictionStage;
import io.evenstep.driver.stage.Cuda;
import io.evenstep.driver.stage.JobLabel;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.driver.watch.RowsWatch;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
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
   * @return counts of the rows
   * @throws ConfigException when the run has no model, or the output exists
   * @throws TemporaryException when another process is writing it
   * @throws DataException when the rows cannot be read or do not fit the network
   */
  public static PredictedRows run(PredictRequest request, SparkSession spark, Progress progress) {
    Cuda.requireFit(Device.AUTO, spark.sparkContext().getConf());
    ShippedModel saved =
        ModelFiles.read(request.run(), Loss.OF_TASK, request.engine(), request.allowed());
    ShippedModel model = saved.with(saved.encoding().with(request.tolerance().leniency()));
    Path output = new Path(request.output());
    String name = request.run().folder().getName();
    try (PredictionFolder folder = PredictionFolder.take(output, spark, request.stop(), progress);
        JobLabel label = JobLabel.of(spark.sparkContext(), name, "predict");
        RowsWatch watch = RowsWatch.of(spark.sparkContext(), progress, name)) {
      PredictedRows rows = predict(request, model, output, spark, progress);
      folder.finished();
      return rows;
    }
  }

  private static PredictedRows predict(
      PredictRequest request,
      ShippedModel model,
      Path output,
      SparkSession spark,
      Progress progress) {
    BadRows badRows = request.tolerance().badRows();
    Encoding encoding = model.encoding().withoutOutputs();
    ScoringRows rows =
        badRows == BadRows.REFUSE
            ? ScoringRows.open(spark, request.input(), encoding)
            : ScoringRows.unchecked(spark, request.input(), encoding);
    progress.say("Predicting rows of " + request.input().words());
    try (PredictionStage stage = new PredictionStage(spark, model, badRows)) {
      Dataset<Row> predictions = stage.predict(rows, request.format() != Format.CSV);
      UploadCommit.useFor(output, predictions.sparkSession());
      rows.write(output, () -> write(predictions, request.format(), output.toString()));
      return stage.rows();
    }
  }

  private static void write(Dataset<Row> predictions, Format format, String output) {
    if (format == Format.PARQUET) {
      predictions.write().mode(SaveMode.ErrorIfExists).parquet(output);
    } else if (format == Format.JSON) {
      predictions
          .write()
          .mode(SaveMode.ErrorIfExists)
          .option("ignoreNullFields", "false") // each line has all columns
          .json(output);
    } else {
      predictions.write().mode(SaveMode.ErrorIfExists).options(RFC_4180).csv(output);
    }
  }
}
