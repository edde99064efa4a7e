package io.evenstep.driver.fold;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.report.ReportPage;
import io.evenstep.driver.report.RunComparison;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import io.evenstep.driver.run.TrainJob;
import io.evenstep.driver.run.TrainOptions;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.DivergedException;
import io.evenstep.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Trains one network for each fold, one after the other, each with all workers. A fold is an
 * ordinary run in the folder {@code fold-1}, {@code fold-2} and so on of the run's folder. So folds
 * have the bits of such a run, and a stopped fold resumes from its checkpoint.
 */
public final class FoldsJob {
  private final JobConfig job;
  private final TrainOptions options;
  private final SparkSession spark;
  private final Progress progress;
  private final RunFolder run;

  private FoldsJob(JobConfig job, TrainOptions options, SparkSession spark, Progress progress) {
    this.job = job;
    this.options = options;
    this.spark = spark;
    this.progress = progress;
    this.run =
        RunFolder.of(job.output(), options.runId(), spark.sparkContext().hadoopConfiguration());
  }

  /**
   * Trains a job, of one fold or of several.
   *
   * @return the content of {@code result.json}
   * @throws ConfigException when the job is invalid, or the run id belongs to another job
   * @throws DataException when the data cannot be used
   * @throws io.evenstep.driver.control.TemporaryException when too many attempts lost workers, or
   *     the run was asked to stop; the same command resumes it
   */
  public static RunReport run(
      JobConfig job, TrainOptions options, SparkSession spark, Progress progress) {
    return job.folds() == 1
        ? TrainJob.run(job, options, spark, progress)
        : new FoldsJob(job, options, spark, progress).run();
  }

  private RunReport run() {
    run.requireOf(job);
    if (options.resume() == Resume.NEVER) {
      run.clear();
    }
    List<RunReport> reports = trained();
    RunReport whole = FoldReports.of(job, options.runId(), reports);
    writePage();
    run.write("result.json", whole.toJson());
    return whole;
  }

  /**
   * The reports of all folds. A finished fold returns at once. A fold that fails does not keep the
   * others from being trained, except that an error of the job or the data in the first one would
   * also occur in the others.
   */
  private List<RunReport> trained() {
    List<RunReport> reports = new ArrayList<>();
    Optional<RuntimeException> failure = Optional.empty();
    for (int number = 1; number <= job.folds(); number++) {
      options.stop().requireNone("before fold " + number);
      progress.say("Fold " + number + " of " + job.folds());
      try {
        reports.add(train(number));
        run.write("config.json", job.toJson());
      } catch (DivergedException | ConfigException | DataException e) {
        if (number == 1 && !(e instanceof DivergedException)) {
          throw e;
        }
        progress.say("Warning: fold " + number + " has failed: " + Reason.of(e));
        failure = failure.or(() -> Optional.of(e));
      }
    }
    if (failure.isPresent()) {
      progress.say(
          reports.size()
              + " of "
              + job.folds()
              + " folds are trained, in "
              + run
              + "; the first failure was:");
      throw failure.get();
    }
    return reports;
  }

  private RunReport train(int number) {
    boolean later = number > 1 && options.resume() == Resume.MUST; // it may not have begun
    TrainOptions ofFold =
        new TrainOptions(
            "fold-" + number,
            later ? Resume.AUTO : options.resume(),
            options.stop(),
            options.listener());
    return TrainJob.run(job.ofFold(number, run.folder().toString()), ofFold, spark, progress);
  }

  /** A failure to write the page is no reason to lose the run. */
  private void writePage() {
    if (!job.reportPage()) {
      return;
    }
    try {
      RunComparison folds = new RunComparison();
      for (int number = 1; number <= job.folds(); number++) {
        folds.add(run.files(), run.path("fold-" + number));
      }
      run.write(ReportPage.FILE, folds.page());
    } catch (ConfigException | DataException e) {
      progress.say("Warning: cannot write the report page: " + Reason.of(e));
    }
  }
}
