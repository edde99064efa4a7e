package io.evenstep.driver.run;

import io.evenstep.driver.config.key.Device;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.pack.UploadCommit;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.scan.ScoringRows;
import io.evenstep.driver.data.source.SmallSources;
import io.evenstep.driver.data.spec.TableFormat;
import io.evenstep.driver.data.table.TableWriter;
import io.evenstep.driver.run.PredictRequest.Format;
import io.evenstep.driver.score.BadRows;
import io.evenstep.driver.score.PartFiles;
import io.evenstep.driver.score.PredictedRows;
import io.evenstep.driver.score.PredictionStage;
import io.evenstep.driver.stage.Cuda;
import io.evenstep.driver.stage.JobLabel;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.driver.watch.RowsWatch;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
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

  /** Each line has all columns. */
  private static final Map<String, String> ALL_COLUMNS = Map.of("ignoreNullFields", "false");

  private PredictJob() {}

  /**
   * Predicts and writes.
   *
   * @return counts of the rows
   * @throws ConfigException when the run has no model, the output exists, or the jar of its format
   *     is missing
   * @throws TemporaryException when another process is writing it
   * @throws DataException when the rows cannot be read or do not fit the network
   */
  public static PredictedRows run(PredictRequest request, SparkSession spark, Progress progress) {
    Cuda.requireFit(Device.AUTO, spark.sparkContext().getConf());
    request.format().table().ifPresent(format -> TableWriter.require(spark, format));
    ShippedModel model = model(request);
    Path output = new Path(request.output());
    String name = request.run().folder().getName();
    try (PredictionFolder folder =
            PredictionFolder.take(
                output, spark.sparkContext().hadoopConfiguration(), request.stop(), progress);
        JobLabel label = JobLabel.of(spark.sparkContext(), name, "predict");
        RowsWatch watch = RowsWatch.of(spark.sparkContext(), progress, name)) {
      PredictedRows rows = predict(request, model, output, spark, progress);
      folder.finished();
      return rows;
    }
  }

  /**
   * The same without Spark, in the calling thread, if the rows are few and lie on this machine.
   *
   * @return counts of the rows; empty if Spark is needed
   */
  public static Optional<PredictedRows> here(
      PredictRequest request, Configuration hadoop, Progress progress) {
    if (request.format().table().isPresent() || !SmallSources.include(hadoop, request.input())) {
      return Optional.empty();
    }
    ShippedModel model = model(request);
    Path output = new Path(request.output());
    try (PredictionFolder folder =
        PredictionFolder.take(output, hadoop, request.stop(), progress)) {
      ScoringRows rows = rows(Reading.here(hadoop), request, model);
      progress.say("Predicting rows of " + request.input().words());
      try (PredictionStage stage = PredictionStage.here(model, request.tolerance().badRows())) {
        PartFiles files = new PartFiles(hadoop, output, files(request.format()), request.stop());
        boolean arrays = request.format() != Format.CSV;
        rows.write(output, () -> stage.predictHere(rows, arrays, files::write));
        files.finish();
        folder.finished();
        return Optional.of(stage.rows());
      }
    }
  }

  private static PartFiles.Format files(Format format) {
    return switch (format) {
      case PARQUET -> PartFiles.parquet();
      case JSON -> PartFiles.json(ALL_COLUMNS);
      case CSV -> PartFiles.csv(RFC_4180);
      case DELTA, ICEBERG -> throw new IllegalArgumentException("Spark writes tables");
    };
  }

  private static ShippedModel model(PredictRequest request) {
    ShippedModel saved =
        ModelFiles.read(
            request.run(), Judging.of(Loss.OF_TASK), request.engine(), request.allowed());
    return saved.with(saved.encoding().with(request.tolerance().leniency()));
  }

  private static ScoringRows rows(Reading reading, PredictRequest request, ShippedModel model) {
    Encoding encoding = model.encoding().withoutOutputs();
    return request.tolerance().badRows() == BadRows.REFUSE
        ? ScoringRows.open(reading, request.input(), encoding)
        : ScoringRows.unchecked(reading, request.input(), encoding);
  }

  private static PredictedRows predict(
      PredictRequest request,
      ShippedModel model,
      Path output,
      SparkSession spark,
      Progress progress) {
    ScoringRows rows = rows(Reading.in(PinnedSession.of(spark)), request, model);
    progress.say("Predicting rows of " + request.input().words());
    try (PredictionStage stage = new PredictionStage(spark, model, request.tolerance().badRows())) {
      Dataset<Row> predictions = stage.predict(rows, request.format() != Format.CSV);
      rows.write(output, () -> write(predictions, request.format(), output));
      return stage.rows();
    }
  }

  private static void write(Dataset<Row> predictions, Format format, Path output) {
    DataFrameWriter<Row> files = predictions.write().mode(SaveMode.ErrorIfExists);
    SparkSession session = predictions.sparkSession();
    UploadCommit.useFor(output, session);
    switch (format) {
      case PARQUET -> files.parquet(output.toString());
      case JSON -> files.options(ALL_COLUMNS).json(output.toString());
      case CSV -> files.options(RFC_4180).csv(output.toString());
      case DELTA -> TableWriter.write(predictions, TableFormat.DELTA, output);
      case ICEBERG -> TableWriter.write(predictions, TableFormat.ICEBERG, output);
    }
  }
}
