package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.key.Device;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.scan.ScoringRows;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.score.BadRows;
import io.evenstep.driver.score.EvaluationStage;
import io.evenstep.driver.score.LeftOutRows;
import io.evenstep.driver.stage.Cuda;
import io.evenstep.driver.stage.JobLabel;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.driver.watch.RowsWatch;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.pack.PackSplit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Evaluates a finished run on its validation and test rows, or on rows named by overrides. */
public final class EvaluateJob {
  /** A confusion matrix with more classes does not fit a terminal. */
  private static final int MOST_CLASSES = 20;

  private final RunFolder run;
  private final JobConfig job;
  private final BadRows badRows;
  private final SparkSession spark;
  private final Progress progress;
  private final ShippedModel model;
  private final Map<String, Double> metrics = new LinkedHashMap<>();

  private EvaluateJob(
      RunFolder run, JobConfig job, BadRows badRows, SparkSession spark, Progress progress) {
    this.run = run;
    this.job = job;
    this.badRows = badRows;
    this.spark = spark;
    this.progress = progress;
    ShippedModel saved =
        ModelFiles.read(
            run, StartingNetwork.loss(job), job.training().engine(), job.allowedTypes());
    this.model =
        job.overridingRows().isEmpty()
            ? saved
            : saved.with(saved.encoding().with(job.data().leniency().kept()));
  }

  /**
   * Evaluates a run's network across the cluster.
   *
   * @param badRows what to do with rows named by overrides that cannot be evaluated
   * @return metrics such as {@code test.accuracy}; for the run's own rows they equal, bit for bit,
   *     the metrics the run ended with
   * @throws ConfigException when the run has no model, or there is nothing to evaluate on
   * @throws io.evenstep.model.DataException when the data cannot be used or need a different
   *     encoding
   */
  public static Map<String, Double> run(
      RunFolder run, JobConfig job, BadRows badRows, SparkSession spark, Progress progress) {
    return new EvaluateJob(run, job, badRows, spark, progress).run();
  }

  private Map<String, Double> run() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Cuda.requireFit(Device.AUTO, context.getConf());
    String name = run.folder().getName();
    try (EvaluationStage stage = new EvaluationStage(context, model);
        JobLabel label = JobLabel.of(context.sc(), name, "evaluate");
        RowsWatch watch = RowsWatch.of(context.sc(), progress, name)) {
      if (job.overridingRows().isEmpty()) {
        evaluateOwnRows(stage);
      } else {
        job.overridingRows().forEach((split, source) -> evaluate(stage, split, source));
      }
    }
    if (metrics.isEmpty()) {
      throw new ConfigException(
          "data.test", "must name rows to evaluate on, as in --set data.test.path=...", "none");
    }
    return metrics;
  }

  /**
   * Evaluates the rows held out from training. If their pack is gone, the job's data are packed
   * again.
   */
  private void evaluateOwnRows(EvaluationStage stage) {
    Pack pack = Packer.pack(spark, job.data(), new Path(job.packs()));
    model.encoding().requireFits(pack.index().encoding());
    if (job.data().fractions().validation() + job.data().fractions().test() > 0) {
      String now = pack.index().contentSha256();
      RunData.of(run).ifPresent(begun -> begun.requireSameSplits(now, run));
    }
    PackSplit validation = pack.index().validation();
    PackSplit test = pack.index().test();
    progress.say(
        String.format(
            Locale.ROOT,
            "Evaluating %s on %,d validation and %,d test rows",
            run,
            validation.rows(),
            test.rows()));
    int parts = job.training().batches().shards();
    metrics.putAll(stage.evaluate("validation", pack.folder(), validation, parts).metrics());
    take(stage.evaluate("test", pack.folder(), test, parts));
  }

  /**
   * Evaluates rows of a source with the run's own encoding. The run's training data are not needed.
   */
  private void evaluate(EvaluationStage stage, String split, SourceSpec source) {
    Encoding encoding = model.encoding().withoutWeights();
    ScoringRows rows =
        badRows == BadRows.REFUSE
            ? ScoringRows.open(spark, source, encoding)
            : ScoringRows.unchecked(spark, source, encoding);
    progress.say("Evaluating " + run + " on the " + split + " rows of " + source.words());
    LeftOutRows leftOut = new LeftOutRows(spark.sparkContext(), badRows);
    take(rows.read(() -> stage.evaluate(split, rows, leftOut)));
    leftOut.lines().forEach(progress::say);
  }

  private void take(EvaluationStage.Figures figures) {
    metrics.putAll(figures.metrics());
    if (!figures.confusion().isEmpty() && figures.confusion().size() <= MOST_CLASSES) {
      progress.say(ConfusionTable.text(model.encoding().classes(), figures.confusion()));
    }
  }
}
