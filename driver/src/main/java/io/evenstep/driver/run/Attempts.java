package io.evenstep.driver.run;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.metrics.TrainingMetrics;
import io.evenstep.driver.stage.AttemptLostException;
import io.evenstep.driver.stage.JobLabel;
import io.evenstep.driver.stage.Slots;
import io.evenstep.driver.stage.TrainingStage;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.StoppedException;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.WorkerReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;

/** Tries the barrier stage until it ends well or has been tried often enough. */
public final class Attempts {
  /** A standalone cluster has a new executor within five seconds or so. */
  private static final Duration REPLACEMENT = Duration.ofSeconds(10);

  private static final Duration ANY_EXECUTOR = Duration.ofSeconds(60);

  /** Several ranks notice the same trouble; one of them is enough to say so. */
  private static final Duration SAME_TROUBLE = Duration.ofSeconds(2);

  /** What was done before is lost, but for the bits: they come out the same. */
  static final String BEGINS_ANEW =
      "Beginning again at step 1: of the steps done before no replica and no whole checkpoint is"
          + " left";

  private final int most;
  private final SparkContext spark;
  private final StopRequest stop;
  private final Progress progress;
  private final TrainingMetrics metrics;
  private final String runId;
  private final StepLedger steps = new StepLedger();
  private final Map<Integer, Long> troubleNanos = new HashMap<>(); // [of a rank, said last]
  private final AtomicBoolean optimizerNoted = new AtomicBoolean();
  private final AtomicBoolean somethingLost = new AtomicBoolean(); // and nothing resumed since

  /**
   * Attempts at one run.
   *
   * @param most how often it is tried, at least 1
   * @param metrics told of what happens
   */
  public Attempts(
      int most,
      SparkContext spark,
      TrainOptions options,
      Progress progress,
      TrainingMetrics metrics) {
    this.most = most;
    this.spark = spark;
    this.stop = options.stop();
    this.runId = options.runId();
    this.progress = progress;
    this.metrics = metrics;
  }

  /**
   * What the attempts came to.
   *
   * @param reports of the last attempt, one a rank
   * @param attempts how many there were
   * @param stepsRedone steps heard of in a lost attempt and taken again in the next
   */
  public record Result(List<WorkerReport> reports, int attempts, long stepsRedone) {}

  /**
   * Trains to the end.
   *
   * @param plans the plan of each attempt, counted from 1
   * @param workers ranks of the first attempt
   * @throws TemporaryException when every attempt lost a worker, Spark is gone, or the run was
   *     asked to stop
   */
  public Result run(TrainingStage stage, IntFunction<TrainingPlan> plans, int workers) {
    int ranks = workers;
    for (int attempt = 1; ; attempt++) {
      somethingLost.compareAndSet(false, attempt > 1);
      steps.attemptBegins();
      metrics.attempt(attempt);
      try (JobLabel label = JobLabel.of(spark, runId, "train, attempt " + attempt)) {
        TrainingPlan plan = plans.apply(attempt);
        List<WorkerReport> reports = stage.attempt(plan, ranks, stop, event -> show(event, plan));
        return new Result(reports, attempt, steps.redone());
      } catch (StoppedException e) {
        throw stop.stopped(": " + e.getMessage(), e);
      } catch (AttemptLostException e) {
        requireWanted(e);
        progress.say("Attempt " + attempt + " lost a worker: " + e.getMessage());
        if (attempt == most) {
          throw new TemporaryException(
              "Cannot finish the run: a worker was lost in each of " + attempt + " attempts", e);
        }
        ranks = ranksAfter(e, workers);
      }
    }
  }

  /** Whether there is anyone to try again for, and anything to try it on. */
  private void requireWanted(AttemptLostException loss) {
    if (stop.reason().isPresent()) {
      throw stop.stopped("; the last checkpoint stands", loss);
    }
    if (spark.isStopped()) {
      throw new TemporaryException("Cannot go on: Spark was stopped from outside", loss);
    }
  }

  private int ranksAfter(AttemptLostException loss, int workers) {
    int ranks = Slots.awaitReplacement(spark, workers, REPLACEMENT, ANY_EXECUTOR, stop);
    if (ranks == 0) {
      String limit = ANY_EXECUTOR.toSeconds() + " s";
      throw new TemporaryException(
          "Cannot go on: no executor came within " + limit + " after all were lost", loss);
    }
    return ranks;
  }

  private void show(ProgressEvent.PeerTrouble trouble) {
    long now = System.nanoTime();
    Long before = troubleNanos.put(trouble.peer(), now);
    if (before == null || now - before > SAME_TROUBLE.toNanos()) {
      progress.say(trouble.text());
    }
  }

  private void sayThatItBeginsAnew() {
    if (somethingLost.compareAndSet(true, false)) {
      progress.say(BEGINS_ANEW);
    }
  }

  /** A checkpoint holds one replica, which of all is the same but where each has a state alone. */
  private void sayWhoseOptimizerState(TrainingPlan plan) {
    if (plan.sync() instanceof SyncPlan.Averaging averaging
        && !averaging.optimizerState()
        && optimizerNoted.compareAndSet(false, true)) {
      progress.say(
          "All workers go on with the optimizer state of rank 0, since"
              + " training.averaging.optimizerState is false");
    }
  }

  private void show(ProgressEvent event, TrainingPlan plan) {
    metrics.take(event);
    if (event instanceof ProgressEvent.CheckpointSkipped skipped) {
      String file = RunFolder.shown(new Path(skipped.file()));
      progress.say("Skipped checkpoint " + file + ": " + skipped.reason());
      somethingLost.set(true);
    } else if (event instanceof ProgressEvent.Resumed resumed) {
      steps.resumed(resumed.step());
      somethingLost.set(false);
      String from = resumed.fromReplica() ? "a replica that survived" : "its checkpoint";
      progress.say(
          String.format(Locale.ROOT, "Going on after step %,d from %s", resumed.step(), from));
      if (!resumed.fromReplica()) {
        sayWhoseOptimizerState(plan);
      }
    } else if (event instanceof ProgressEvent.PeerTrouble trouble) {
      show(trouble);
    } else if (event instanceof ProgressEvent.StepDone step) {
      sayThatItBeginsAnew();
      steps.done(step.step());
      progress.at(
          step.step(),
          String.format(
              Locale.ROOT,
              "epoch %d/%d, loss %.4f, %,.0f examples/s",
              step.epoch() + 1,
              plan.epochs(),
              step.loss(),
              step.examplesPerSecond()));
    } else if (event instanceof ProgressEvent.EpochDone epoch) {
      progress.say(EpochLine.of(epoch));
    }
  }
}
