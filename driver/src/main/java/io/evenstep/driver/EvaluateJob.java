package io.evenstep.driver;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.Pack;
import io.evenstep.driver.data.Packer;
import io.evenstep.driver.stage.EvaluationStage;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.PackSplit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Measures a finished run on its validation and test rows, or on those the job now names. */
public final class EvaluateJob {
  private EvaluateJob() {}

  /**
   * Evaluates a run's network across the cluster.
   *
   * @return metrics such as {@code test.accuracy}; of the same bits as those the run ended with
   * @throws ConfigException when the run has no model, or the data have another encoding than it
   * @throws io.evenstep.model.DataException when the data cannot be used
   */
  public static Map<String, Double> run(
      RunFolder run, JobConfig job, SparkSession spark, Progress progress) {
    ModelFiles.Model model = ModelFiles.read(run);
    Pack pack = Packer.pack(spark, job.data(), new Path(job.packs()));
    model.encoding().requireFits(pack.index().encoding());
    PackSplit test = pack.index().test();
    PackSplit validation = pack.index().validation();
    progress.say(
        String.format(
            "Evaluating %s on %,d validation and %,d test rows",
            run, validation.rows(), test.rows()));
    if (test.rows() + validation.rows() == 0) {
      throw new ConfigException("data.test", "must name rows to evaluate on", "none");
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, Double> metrics = new LinkedHashMap<>();
    try (EvaluationStage stage = new EvaluationStage(context, model.zip(), model.encoding(), pack.folder().toString())) {
      int parts = job.training().shards();
      stage.of(validation, parts).forEach((name, value) -> metrics.put("validation." + name, value));
      stage.of(test, parts).forEach((name, value) -> metrics.put("test." + name, value));
    }
    return metrics;
  }
}
