package io.evenstep.driver.run;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.event.AttemptStart;
import io.evenstep.driver.event.RunListener;
import io.evenstep.driver.event.RunListeners;
import io.evenstep.driver.stage.AttemptLostException;
import io.evenstep.driver.stage.JobLabel;
import io.evenstep.driver.stage.RankParts;
import io.evenstep.driver.stage.Slots;
import io.evenstep.driver.stage.TrainingStage;
import io.evenstep.model.Reason;
import io.evenstep.worker.progress.StoppedException;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.WorkerReport;
import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs the barrier stage again after a lost worker, up to a maximum number of attempts. Both jobs
 * and DL4J fits train through this class.
 */
public final class Attempts {
  /** A standalone cluster starts a new executor within about five seconds. */
  private static final Duration REPLACEMENT = Duration.ofSeconds(10);

  private static final Duration ANY_EXECUTOR = Duration.ofSeconds(60);

  private final int most;
  private final SparkContext spark;
  private final StopRequest stop;
  private final RunListener listener;
  private final String runId;
  private final StepLedger steps = new StepLedger();

  /**
   * Attempts at one run.
   *
   * @param most maximum number of attempts, at least 1
   * @param listener is told what happens
   */
  public Attempts(int most, SparkContext spark, TrainOptions options, RunListener listener) {
    this.most = most;
    this.spark = spark;
    this.stop = options.stop();
    this.runId = options.runId();
    this.listener = RunListeners.of(List.of(steps, listener));
  }

  /**
   * The outcome of all attempts.
   *
   * @param reports of the last attempt, one per rank
   * @param attempts how many there were
   * @param stepsRedone steps reported in a lost attempt and repeated in the next
   */
  public record Result(List<WorkerReport> reports, int attempts, long stepsRedone) {}

  /**
   * Trains to the end.
   *
   * @param zip the network to start from, as DL4J saves it
   * @param parts what ranks make of it, and of their rows
   * @param plan of the run
   * @param workers ranks of the first attempt
   * @throws TemporaryException when every attempt lost a worker, Spark is gone, or the run was
   *     asked to stop
   */
  public Result run(byte[] zip, RankParts parts, TrainingPlan plan, int workers) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark);
    try (TrainingStage stage = new TrainingStage(context, zip, parts)) {
      return run(stage, plan, workers);
    }
  }

  private Result run(TrainingStage stage, TrainingPlan plan, int workers) {
    int ranks = workers;
    for (int attempt = 1; ; attempt++) {
      try (JobLabel label = JobLabel.of(spark, runId, "train, attempt " + attempt)) {
        listener.attemptBegins(new AttemptStart(attempt, ranks, plan.epochs(), plan.sync()));
        List<WorkerReport> reports =
            stage.attempt(plan.ofAttempt(attempt), ranks, stop, listener::progress);
        return new Result(reports, attempt, steps.redone());
      } catch (StoppedException e) {
        throw stop.stopped(": " + e.getMessage(), e);
      } catch (AttemptLostException e) {
        requireWanted(e);
        listener.attemptLost(attempt, Reason.of(e));
        if (attempt == most) {
          throw new TemporaryException(
              "Cannot finish the run: every attempt lost a worker, "
                  + attempt
                  + " in all. The last failure: "
                  + e.getMessage(),
              e);
        }
        ranks = ranksAfter(e, workers);
      }
    }
  }

  /** Checks that the run may be retried: nobody asked it to stop, and Spark still has executors. */
  private void requireWanted(AttemptLostException loss) {
    if (stop.reason().isPresent()) {
      throw stop.stopped("; the last checkpoint is kept", loss);
    }
    if (spark.isStopped()) {
      throw new TemporaryException("Cannot continue: Spark was stopped from outside", loss);
    }
  }

  private int ranksAfter(AttemptLostException loss, int workers) {
    int ranks = Slots.awaitReplacement(spark, workers, REPLACEMENT, ANY_EXECUTOR, stop);
    if (ranks == 0) {
      String limit = ANY_EXECUTOR.toSeconds() + " s";
      throw new TemporaryException(
          "Cannot continue: no executor registered within "
              + limit
              + " after all executors were lost",
          loss);
    }
    return ranks;
  }
}
