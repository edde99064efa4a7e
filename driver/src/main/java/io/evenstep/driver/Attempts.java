package io.evenstep.driver;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Sync;
import io.evenstep.driver.stage.AttemptLostException;
import io.evenstep.driver.stage.Slots;
import io.evenstep.driver.stage.TrainingStage;
import io.evenstep.worker.ProgressEvent;
import io.evenstep.worker.TrainingPlan;
import io.evenstep.worker.WorkerReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;

/** Tries the barrier stage until it ends well or has been tried often enough. */
final class Attempts {
  private static final Duration EXECUTOR_WAIT = Duration.ofSeconds(25);

  private final JobConfig job;
  private final SparkContext spark;
  private final Progress progress;
  private final AtomicLong lastStep = new AtomicLong();
  private final AtomicBoolean optimizerNoted = new AtomicBoolean();

  Attempts(JobConfig job, SparkContext spark, Progress progress) {
    this.job = job;
    this.spark = spark;
    this.progress = progress;
  }

  /**
   * What the attempts came to.
   *
   * @param reports of the last attempt, one a rank
   * @param attempts how many there were
   * @param stepsRedone steps heard of in a lost attempt and taken again in the next
   */
  record Result(List<WorkerReport> reports, int attempts, long stepsRedone) {}

  /**
   * @param workers ranks of the first attempt
   * @throws TemporaryException when every attempt lost a worker
   */
  Result run(TrainingStage stage, Plans plans, int workers) {
    long stepsRedone = 0;
    int ranks = workers;
    for (int attempt = 1; ; attempt++) {
      long heardBefore = lastStep.get();
      try {
        TrainingPlan plan = plans.attempt(attempt);
        List<WorkerReport> reports = stage.attempt(plan, ranks, this::show);
        stepsRedone += redone(heardBefore, reports);
        return new Result(reports, attempt, stepsRedone);
      } catch (AttemptLostException e) {
        progress.say("Attempt " + attempt + " lost a worker: " + e.getMessage());
        if (attempt == job.training().attempts()) {
          throw new TemporaryException(
              "Cannot finish the run: a worker was lost in each of " + attempt + " attempts", e);
        }
      }
      ranks = Slots.await(spark, 0, workers, EXECUTOR_WAIT);
    }
  }

  private static long redone(long heard, List<WorkerReport> reports) {
    return heard == 0 ? 0 : Math.max(0, heard - reports.get(0).resumedFromStep());
  }

  /** A checkpoint holds one replica, which of all is the same but where each has a state alone. */
  private void sayWhoseOptimizerState() {
    if (job.training().sync() instanceof Sync.Averaging averaging
        && !averaging.optimizerState()
        && optimizerNoted.compareAndSet(false, true)) {
      progress.say(
          "All workers go on with the optimizer state of rank 0, since"
              + " training.averaging.optimizerState is false");
    }
  }

  private void show(ProgressEvent event) {
    if (event instanceof ProgressEvent.CheckpointSkipped skipped) {
      String file = RunFolder.shown(new Path(skipped.file()));
      progress.say("Skipped checkpoint " + file + ": " + skipped.reason());
    } else if (event instanceof ProgressEvent.Resumed resumed) {
      progress.say(String.format(Locale.ROOT, "Going on after step %,d", resumed.step()));
      sayWhoseOptimizerState();
    } else if (event instanceof ProgressEvent.StepDone step) {
      lastStep.accumulateAndGet(step.step(), Math::max);
      progress.at(
          step.step(),
          String.format(
              "epoch %d/%d, loss %.4f, %,.0f examples/s",
              step.epoch() + 1, job.training().epochs(), step.loss(), step.examplesPerSecond()));
    } else if (event instanceof ProgressEvent.EpochDone epoch) {
      progress.say(EpochLine.of(epoch));
    }
  }
}
