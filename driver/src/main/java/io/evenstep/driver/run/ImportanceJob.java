package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.StoppingConfig;
import io.evenstep.driver.config.key.Metrics;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.score.EvaluationStage;
import io.evenstep.driver.score.ShuffledColumn;
import io.evenstep.driver.stage.JobLabel;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.pack.PackSplit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * How much a finished run's network depends on each column: how much worse it does on the
 * validation rows when the column's values change places among them. Breiman, "Random forests",
 * 2001.
 */
public final class ImportanceJob {
  private static final int REPEATS = 3;

  private final JobConfig job;
  private final Pack pack;
  private final PackSplit rows;
  private final String metric;

  private ImportanceJob(JobConfig job, Pack pack) {
    this.job = job;
    this.pack = pack;
    this.rows = pack.index().validation();
    this.metric =
        "validation." + job.training().stopping().map(StoppingConfig::metric).orElse("loss");
    if (rows.rows() == 0) {
      throw new ConfigException(
          "data.validation.fraction", "must be above 0: importance is measured on those rows", "0");
    }
  }

  /**
   * Measures each column.
   *
   * @return by column, the most important first: how much worse {@code training.stopping.metric}
   *     becomes, a mean of three tries
   * @throws ConfigException when the run has no model or no validation rows
   */
  public static Map<String, Double> run(
      RunFolder run, JobConfig job, SparkSession spark, Progress progress) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    ShippedModel model =
        ModelFiles.read(
            run, StartingNetwork.judging(job), job.training().engine(), job.allowedTypes());
    Pack pack = Packer.pack(spark, job.data(), new Path(job.packs()));
    model.encoding().requireFits(pack.index().encoding());
    try (EvaluationStage stage = new EvaluationStage(context, model);
        JobLabel label = JobLabel.of(context.sc(), run.folder().getName(), "importance")) {
      return new ImportanceJob(job, pack)
          .measured(stage, ShuffledColumn.columns(model.encoding()), progress);
    }
  }

  private Map<String, Double> measured(
      EvaluationStage stage, Map<String, List<ShuffledColumn.Range>> columns, Progress progress) {
    double usual = metric(stage, ShuffledColumn.NONE);
    Map<String, Double> worse = new LinkedHashMap<>();
    progress.begin("Columns", columns.size());
    columns.forEach(
        (name, ranges) -> {
          double sum = 0;
          for (int repeat = 0; repeat < REPEATS; repeat++) {
            sum += metric(stage, new ShuffledColumn(ranges, job.seed() + repeat));
          }
          double mean = sum / REPEATS;
          worse.put(name, Metrics.higherIsBetter(metric) ? usual - mean : mean - usual);
          progress.at(worse.size(), name);
        });
    progress.end();
    Map<String, Double> sorted = new LinkedHashMap<>();
    worse.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(each -> sorted.put(each.getKey(), each.getValue()));
    return sorted;
  }

  private double metric(EvaluationStage stage, ShuffledColumn column) {
    int parts = job.training().batches().shards();
    Map<String, Double> metrics =
        stage.evaluate("validation", pack.folder(), rows, parts, column).metrics();
    Double value = metrics.get(metric);
    if (value == null) {
      throw new ConfigException(
          "training.stopping.metric", "must be one of " + metrics.keySet(), metric);
    }
    return value;
  }
}
