package io.evenstep.driver.study;

import io.evenstep.driver.config.ChangedJob;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.plot.FigureFiles;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.TrainJob;
import io.evenstep.driver.run.TrainOptions;
import io.evenstep.model.DataException;
import io.evenstep.model.DivergedException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A learning-rate range test: one short run of a job in which the rate grows by the same factor at
 * each step. The run is an ordinary one, on as many workers as the job has.
 */
public final class RateRangeJob {
  private static final String RUN = "run"; // the folder of the short run, deleted at the end

  private final JobConfig job;
  private final Request request;
  private final SparkSession spark;
  private final RunFolder folder;

  /**
   * What to test.
   *
   * @param id name of the folder of the result
   * @param from rate of the first step, above 0
   * @param to rate of the last step, above {@code from}
   * @param steps at least 2
   * @param given the overrides of the command
   * @param stop requests an early end
   */
  public record Request(
      String id, double from, double to, int steps, Overrides given, StopRequest stop) {
    double factor() {
      return Math.pow(to / from, 1.0 / (steps - 1));
    }
  }

  private RateRangeJob(JobConfig job, Request request, SparkSession spark) {
    this.job = job;
    this.request = request;
    this.spark = spark;
    this.folder = RunFolder.of(job.output(), request.id(), hadoop());
  }

  /**
   * Runs the test. Writes {@code lr-range.csv}, {@code lr-range.png} and {@code lr-range.svg} into
   * the folder {@code request.id()} of the job's output.
   *
   * @throws io.evenstep.model.ConfigException when the job is invalid
   * @throws DataException when the data cannot be used, or the first steps already diverge
   * @throws TemporaryException when a stop was requested
   */
  public static RangeCurve run(
      JobConfig job, Request request, SparkSession spark, Progress progress) {
    return new RateRangeJob(job, request, spark).run(progress);
  }

  private RangeCurve run(Progress progress) {
    StopRequest stop = new StopRequest();
    RangeWatch watch = new RangeWatch(request.steps(), stop);
    JobConfig changed = changed();
    try (StopRequest.Hearing forwarded =
        request.stop().hear(() -> stop.ask(request.stop().reason().orElse("request")))) {
      train(changed, new TrainOptions(RUN, Resume.NEVER, stop, watch), progress);
    } finally {
      folder.delete(RUN);
    }
    RangeCurve curve = RangeCurve.of(request.from(), request.factor(), watch.losses());
    if (curve.points().size() < 2) {
      throw new DataException(
          "Cannot test learning rates: the loss was not finite after the first step at "
              + request.from()
              + "; begin lower with --from");
    }
    folder.write("lr-range.csv", curve.csv());
    FigureFiles.write(folder.files(), folder.folder(), "lr-range", curve.figure(job.name()));
    return curve;
  }

  private void train(JobConfig changed, TrainOptions options, Progress progress) {
    try {
      TrainJob.run(changed, options, spark, progress);
    } catch (DivergedException e) {
      progress.say("The range test ended early: " + e.getMessage());
    } catch (TemporaryException e) {
      if (!options.stop().reason().equals(Optional.of(RangeWatch.ENOUGH))) {
        throw e;
      }
    }
  }

  private JobConfig changed() {
    long rows = Packer.pack(spark, job.data(), new Path(job.packs())).index().train().rows();
    long perEpoch = Math.max(1, job.training().steps(rows) / job.training().epochs());
    long epochs = (request.steps() + perEpoch - 1) / perEpoch;
    return new ChangedJob(job, request.given())
        .without("training.stopping.")
        .without("training.schedule.")
        .without("training.ui")
        .without("gate.")
        .without("tracking.")
        .with("training.schedule.name", "exponential")
        .with("training.schedule.gamma", request.factor())
        .with("training.optimizer.learningRate", request.from())
        .with("training.epochs", epochs)
        .with("report.page", false)
        .with("report.tensorboard", false)
        .with("tracking.mlflow.uri", "none")
        .with("output", folder.folder().toString())
        .with("data.packs", job.packs())
        .build();
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
