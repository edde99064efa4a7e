package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.data.pack.Preview;
import io.evenstep.driver.event.RunEnd;
import io.evenstep.driver.event.RunListeners;
import io.evenstep.driver.event.RunStart;
import io.evenstep.driver.lease.Lease;
import io.evenstep.driver.plan.JobSite;
import io.evenstep.driver.stage.JobLabel;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.driver.watch.RowsWatch;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.decision.Decision;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.train.LogContext;
import io.evenstep.worker.train.TrainingPlan;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** A training job from job file to result. Read {@link #run} from top to bottom. */
public final class TrainJob {

  private final JobConfig job;
  private final TrainOptions options;
  private final SparkSession spark;
  private final Progress progress;
  private final RunFolder run;
  private final Readiness readiness;

  private TrainJob(JobConfig job, TrainOptions options, SparkSession spark, Progress progress) {
    this.job = job;
    this.options = options;
    this.spark = spark;
    this.progress = progress;
    this.run =
        RunFolder.of(job.output(), options.runId(), spark.sparkContext().hadoopConfiguration());
    this.readiness =
        new Readiness(job, options, JobSite.of(spark), progress, Readiness.Asking::orThrow);
  }

  /**
   * Trains, tests and saves a network.
   *
   * @return the content of {@code result.json}; returns at once if the run has finished before
   * @throws ConfigException when the job is invalid, or the run id belongs to another job
   * @throws io.evenstep.model.DataException when the data cannot be used
   * @throws TemporaryException when too many attempts lost workers, or the run was asked to stop;
   *     the same command resumes it
   */
  public static RunReport run(
      JobConfig job, TrainOptions options, SparkSession spark, Progress progress) {
    try (LogContext lines = LogContext.ofDriver(options.runId())) {
      return new TrainJob(job, options, spark, progress).run();
    }
  }

  private RunReport run() {
    run.requireOf(job);
    Optional<RunReport> done = readiness.done(run);
    if (done.isPresent()) {
      readiness.requireDoneOnSameData(run);
      progress.say("Run " + options.runId() + " has already finished");
      return done.get();
    }
    boolean builds = readiness.beforeData(run);
    Secret secret = secret();
    try (Lease lease = take()) {
      // the previous holder of the lease may have been another job, or may have finished this run
      run.requireOf(job);
      return readiness.done(run).orElseGet(() -> train(builds, secret));
    } finally {
      run.deleteIfEmpty();
    }
  }

  private Lease take() {
    return Lease.take(run.files(), run.lease(), run.work(), options.stop(), progress);
  }

  private RunReport train(boolean builds, Secret secret) {
    Readiness.Found found = readiness.withData(run, builds, () -> Preview.of(pack()));
    Pack pack = found.rows().flatMap(Preview::pack).orElseThrow();
    StartingNetwork start = found.start().orElseThrow();
    int workers = found.workers().orElseThrow();
    TrainingPlan plan = Plans.of(job, options, run, pack, secret);
    describe(start, workers);
    options.stop().requireNone("before training");
    begin(pack, start.model().encoding());
    try (RunListeners listeners = listeners()) {
      listeners.runBegins(begun(pack, start, workers));
      return train(pack, start, plan, workers, listeners);
    }
  }

  private RunReport train(
      Pack pack, StartingNetwork start, TrainingPlan plan, int workers, RunListeners listeners) {
    try {
      Attempts.Result result = train(start.model(), plan, workers, listeners);
      return keep(pack, start, result, listeners);
    } catch (RuntimeException e) {
      listeners.runFails(Reason.of(e));
      throw e;
    }
  }

  private RunListeners listeners() {
    return TrainingListeners.of(
        job,
        options.listener(),
        progress,
        spark.sparkContext().hadoopConfiguration(),
        System.getenv());
  }

  private RunStart begun(Pack pack, StartingNetwork start, int workers) {
    return new RunStart(
        options.runId(),
        job,
        run.files(),
        run.folder(),
        pack,
        new RunStart.NetworkFacts(start.engineWords(), start.size().parameters(), start.layers()),
        workers,
        options.resume() != Resume.NEVER);
  }

  /** All checks have passed: from here on the folder belongs to this run. */
  private void begin(Pack pack, Encoding encoding) {
    boolean isNew = options.resume() == Resume.NEVER;
    String identity = isNew ? job.sha256() : run.identity(job);
    if (isNew) {
      run.clear();
    } else if (run.read("config.json").isPresent() && !run.hasCheckpoints()) {
      progress.say(ProgressLines.BEGINS_ANEW);
    }
    run.write("config.json", job.toJson(identity));
    run.write("encoding.json", encoding.toJson());
    RunData.of(pack).write(run);
  }

  private RunReport keep(
      Pack pack, StartingNetwork start, Attempts.Result result, RunListeners listeners) {
    List<Decision> decisions = result.reports().get(0).scores().learned().decisions();
    Encoding encoding = start.model().encoding().deciding(decisions);
    ModelFiles.addEncoding(run, "model.zip", encoding);
    ModelFiles.addEncoding(run, "model-last.zip", start.model().encoding());
    run.write("encoding.json", encoding.toJson());
    RunReport report =
        RunReports.of(job, options.runId(), pack, encoding, start.engine().engine().name(), result);
    writeConfusion(encoding.classes(), result);
    listeners.runEnds(new RunEnd(report.toJson(), result.reports()));
    run.write("result.json", report.toJson());
    return report;
  }

  private void writeConfusion(List<String> classes, Attempts.Result result) {
    List<List<Long>> confusion = result.reports().get(0).scores().testConfusion();
    if (!confusion.isEmpty()) {
      run.write("confusion.csv", ConfusionTable.csv(classes, confusion));
    }
  }

  private Secret secret() {
    SparkContext context = spark.sparkContext();
    return RunSecret.of(
        job.training().peers().encryption(), context.getConf(), context.isLocal(), progress);
  }

  private Pack pack() {
    Pack pack = packed();
    progress.say(
        String.format(
            Locale.ROOT,
            "%s %,d training, %,d validation and %,d test rows",
            pack.reused() ? "Reusing the pack of" : "Packed",
            pack.index().train().rows(),
            pack.index().validation().rows(),
            pack.index().test().rows()));
    if (pack.index().droppedRows() > 0) {
      progress.say(
          String.format(
              Locale.ROOT, "Skipped %,d rows with missing values", pack.index().droppedRows()));
    }
    pack.index().notices().forEach(notice -> progress.say("Warning: " + notice));
    return pack;
  }

  private Pack packed() {
    SparkContext context = spark.sparkContext();
    try (JobLabel label = JobLabel.of(context, options.runId(), "pack");
        RowsWatch watch = RowsWatch.of(context, progress, options.runId())) {
      return Packer.pack(spark, job.data(), new Path(job.packs()));
    }
  }

  private void describe(StartingNetwork start, int workers) {
    progress.say(
        String.format(
            Locale.ROOT,
            "Training %,d parameters on %d worker%s, engine %s",
            start.size().parameters(),
            workers,
            workers == 1 ? "" : "s",
            start.engineWords()));
  }

  private Attempts.Result train(
      ShippedModel model, TrainingPlan plan, int workers, RunListeners listeners) {
    progress.begin("Training", job.training().steps(plan.data().train().rows()));
    try {
      return new Attempts(
              job.training().peers().attempts(), spark.sparkContext(), options, listeners)
          .run(model.zip(), model.parts(job.decisions()), plan, workers);
    } finally {
      progress.end();
    }
  }
}
