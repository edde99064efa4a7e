package io.evenstep.driver;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.Pack;
import io.evenstep.driver.data.Packer;
import io.evenstep.driver.stage.EvaluationStage;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.PackSplit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Measures a finished run on its validation and test rows, or on those the job now names. */
public final class EvaluateJob {
  /** Most classes whose confusion matrix fits a terminal. */
  private static final int MOST_CLASSES = 20;

  private EvaluateJob() {}

  /**
   * Evaluates a run's network across the cluster.
   *
   * @return metrics such as {@code test.accuracy}, of the same bits as those the run ended with
   * @throws ConfigException when the run has no model, or there is nothing to evaluate on
   * @throws io.evenstep.model.DataException when the data cannot be used, or have another encoding
   */
  public static Map<String, Double> run(
      RunFolder run, JobConfig job, SparkSession spark, Progress progress) {
    ShippedModel model = ModelFiles.read(run, StartingNetwork.loss(job), job.allowedTypes());
    Pack pack = Packer.pack(spark, job.data(), new Path(job.packs()));
    model.encoding().requireFits(pack.index().encoding());
    PackSplit validation = pack.index().validation();
    PackSplit test = pack.index().test();
    if (test.rows() + validation.rows() == 0) {
      throw new ConfigException("data.test", "must name rows to evaluate on", "none");
    }
    progress.say(
        String.format(
            "Evaluating %s on %,d validation and %,d test rows",
            run, validation.rows(), test.rows()));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, Double> metrics = new LinkedHashMap<>();
    try (EvaluationStage stage = new EvaluationStage(context, model, pack.folder())) {
      int parts = job.training().shards();
      metrics.putAll(stage.evaluate("validation", validation, parts).metrics());
      EvaluationStage.Figures figures = stage.evaluate("test", test, parts);
      metrics.putAll(figures.metrics());
      if (!figures.confusion().isEmpty() && figures.confusion().size() <= MOST_CLASSES) {
        progress.say(ConfusionTable.text(model.encoding().classes(), figures.confusion()));
      }
    }
    return metrics;
  }
}
