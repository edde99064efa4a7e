package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.key.Device;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.part.Reading;
import io.evenstep.driver.data.scan.ScoringRows;
import io.evenstep.driver.data.source.SmallSources;
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
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
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
  private final Progress progress;
  private final ShippedModel model;
  private final Map<String, Double> metrics = new LinkedHashMap<>();

  private EvaluateJob(RunFolder run, JobConfig job, BadRows badRows, Progress progress) {
    this.run = run;
    this.job = job;
    this.badRows = badRows;
    this.progress = progress;
    ShippedModel saved =
        ModelFiles.read(
            run, StartingNetwork.judging(job), job.training().engine(), job.allowedTypes());
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
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Cuda.requireFit(Device.AUTO, context.getConf());
    EvaluateJob evaluation = new EvaluateJob(run, job, badRows, progress);
    String name = run.folder().getName();
    try (EvaluationStage stage = new EvaluationStage(context, evaluation.model);
        JobLabel label = JobLabel.of(context.sc(), name, "evaluate");
        RowsWatch watch = RowsWatch.of(context.sc(), progress, name)) {
      return evaluation.run(
          stage,
          () -> Packer.pack(spark, job.data(), new Path(job.packs())),
          Reading.in(PinnedSession.of(spark)));
    }
  }

  /**
   * The same without Spark, in the calling thread, if the rows are few and lie on this machine, and
   * the run's own rows are packed.
   *
   * @param badRows as for {@link #run}
   * @return metrics; empty if Spark is needed
   */
  public static Optional<Map<String, Double>> here(
      RunFolder run, JobConfig job, BadRows badRows, Configuration hadoop, Progress progress) {
    EvaluateJob evaluation = new EvaluateJob(run, job, badRows, progress);
    boolean others = !job.overridingRows().isEmpty();
    Optional<Pack> own = others ? Optional.empty() : smallPack(job, hadoop);
    boolean small =
        job.overridingRows().values().stream()
            .allMatch(source -> SmallSources.include(hadoop, source));
    if (others ? !small : own.isEmpty()) {
      return Optional.empty();
    }
    try (EvaluationStage stage = EvaluationStage.here(hadoop, evaluation.model)) {
      return Optional.of(evaluation.run(stage, own::orElseThrow, Reading.here(hadoop)));
    }
  }

  /** The pack of a run's own rows, if it exists and few rows are held out. */
  private static Optional<Pack> smallPack(JobConfig job, Configuration hadoop) {
    return job.data().sources().all().stream()
            .allMatch(source -> SmallSources.opens(hadoop, source))
        ? Packer.find(hadoop, job.data(), new Path(job.packs())).filter(EvaluateJob::isSmall)
        : Optional.empty();
  }

  private static boolean isSmall(Pack pack) {
    long rows = pack.index().validation().rows() + pack.index().test().rows();
    return rows * pack.index().encoding().recordBytes() <= SmallSources.MOST_BYTES;
  }

  private Map<String, Double> run(EvaluationStage stage, Supplier<Pack> own, Reading reading) {
    if (job.overridingRows().isEmpty()) {
      evaluateOwnRows(stage, own.get());
    } else {
      job.overridingRows().forEach((split, source) -> evaluate(stage, split, source, reading));
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
  private void evaluateOwnRows(EvaluationStage stage, Pack pack) {
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
  private void evaluate(EvaluationStage stage, String split, SourceSpec source, Reading reading) {
    Encoding encoding = model.encoding().withoutWeights();
    ScoringRows rows =
        badRows == BadRows.REFUSE
            ? ScoringRows.open(reading, source, encoding)
            : ScoringRows.unchecked(reading, source, encoding);
    progress.say("Evaluating " + run + " on the " + split + " rows of " + source.words());
    LeftOutRows leftOut = LeftOutRows.of(reading, badRows);
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
