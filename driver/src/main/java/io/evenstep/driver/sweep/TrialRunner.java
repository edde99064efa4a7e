package io.evenstep.driver.sweep;

import io.evenstep.driver.config.StoppingConfig;
import io.evenstep.driver.config.key.Metrics;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import io.evenstep.driver.run.TrainJob;
import io.evenstep.driver.run.TrainOptions;
import io.evenstep.driver.sweep.Trial.Standing;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DivergedException;
import io.evenstep.model.Reason;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;

/**
 * Trains each trial to the end of a round. A trial is an ordinary run that is stopped at a
 * checkpoint and later resumed. So a trial that trains to the end has the same bits as a run of
 * {@code train}.
 */
final class TrialRunner {
  private final SparkSession spark;
  private final RunFolder sweep;
  private final String metric;

  /**
   * Trains the trials of a sweep.
   *
   * @param sweep the sweep's folder
   * @param metric on the validation rows
   */
  TrialRunner(SparkSession spark, RunFolder sweep, String metric) {
    this.spark = spark;
    this.sweep = sweep;
    this.metric = metric;
  }

  /**
   * Trains one trial to the end of a round, unless it has been trained that far already.
   *
   * @param last whether this is the last round, which trains to the end
   * @param stop stops this trial only
   * @return the result; a trial that cannot be trained counts as failed
   * @throws TemporaryException when a stop was requested from outside, or workers were lost
   * @throws io.evenstep.model.DataException when the data cannot be used
   */
  Standing train(Trial trial, int epochs, boolean last, StopRequest stop) {
    TrialCourse course = new TrialCourse(sweep, trial, metric);
    try {
      if (!isTrained(trial, course, epochs, last)) {
        train(trial, course, epochs, last, Resume.AUTO, stop);
        if (!isTrained(trial, course, epochs, last)) { // killed before the epoch was recorded
          course.clear();
          train(trial, course, epochs, last, Resume.NEVER, stop);
        }
      }
      return standing(trial, course, epochs);
    } catch (DivergedException | ConfigException e) {
      return Standing.failed(epochs, Reason.of(e));
    }
  }

  private boolean isTrained(Trial trial, TrialCourse course, int epochs, boolean last) {
    Optional<RunReport> report = folder(trial).report();
    int known = report.map(done -> Math.min(epochs, done.work().epochs())).orElse(epochs);
    return (report.isPresent() || !last) && course.reaches(known);
  }

  private RunFolder folder(Trial trial) {
    return RunFolder.of(
        trial.job().output(), trial.runId(), spark.sparkContext().hadoopConfiguration());
  }

  private void train(
      Trial trial, TrialCourse course, int epochs, boolean last, Resume resume, StopRequest stop) {
    course.pauseAfter(last ? 0 : epochs, stop);
    TrainOptions options = new TrainOptions(trial.runId(), resume, stop, course);
    try {
      TrainJob.run(trial.job(), options, spark, Progress.SILENT);
    } catch (TemporaryException e) {
      if (!stop.reason().equals(Optional.of(TrialCourse.PAUSE))) {
        throw e;
      }
    }
  }

  /** With early stopping, a run keeps the network of its best epoch, otherwise that of its last. */
  private Standing standing(Trial trial, TrialCourse course, int epochs) {
    Optional<StoppingConfig> stopping = trial.job().training().stopping();
    boolean keepsBest = stopping.filter(rule -> rule.metric().endsWith(metric)).isPresent();
    OptionalDouble value =
        keepsBest ? course.best(epochs, Metrics.higherIsBetter(metric)) : course.after(epochs);
    return value.isPresent()
        ? Standing.at(epochs, value.getAsDouble())
        : Standing.failed(epochs, "its validation rows have no " + metric);
  }
}
