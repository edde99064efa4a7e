package io.evenstep.driver.run;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.event.AttemptStart;
import io.evenstep.driver.event.RunListener;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** Reports the progress of training as lines of text. */
public final class ProgressLines implements RunListener {
  /** The earlier steps are lost, but the result has the same bits. */
  static final String BEGINS_ANEW =
      "Starting again at step 1: no replica and no intact checkpoint is left";

  /** Several ranks report the same failure. It is printed once. */
  private static final Duration SAME_TROUBLE = Duration.ofSeconds(2);

  private final Progress progress;
  private final Map<Integer, Long> troubleNanos =
      new HashMap<>(); // when a rank's failure was last printed
  private final EpochLine epochLine = new EpochLine();
  private Optional<AttemptStart> current = Optional.empty();
  private Optional<String> metric = Optional.empty(); // of the newest epoch
  private boolean optimizerNoted;
  private long lastStep;
  private boolean somethingLost; // and training has not resumed since

  /** Writes to {@code progress}. */
  public ProgressLines(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void attemptBegins(AttemptStart attempt) {
    current = Optional.of(attempt);
    somethingLost |= attempt.number() > 1;
  }

  @Override
  public void attemptLost(int number, String reason) {
    progress.say("Attempt " + number + " lost a worker: " + reason);
  }

  @Override
  public void progress(ProgressEvent event) {
    if (event instanceof ProgressEvent.CheckpointSkipped skipped) {
      String file = RunFolder.shown(new Path(skipped.file()));
      progress.say("Skipped checkpoint " + file + ": " + skipped.reason());
      somethingLost = true;
    } else if (event instanceof ProgressEvent.Resumed resumed) {
      say(resumed);
    } else if (event instanceof ProgressEvent.PeerTrouble trouble) {
      say(trouble);
    } else if (event instanceof ProgressEvent.SyncChosen chosen) {
      progress.say("Synchronization: " + chosen.reason());
    } else if (event instanceof ProgressEvent.StepDone step) {
      show(step);
    } else if (event instanceof ProgressEvent.Evaluating rows) {
      show(rows);
    } else if (event instanceof ProgressEvent.EpochDone epoch) {
      metric = EpochLine.metric(epoch);
      progress.say(epochLine.of(epoch, epochs()));
    }
  }

  private void say(ProgressEvent.Resumed resumed) {
    somethingLost = false;
    String from = resumed.fromReplica() ? "a surviving replica" : "its checkpoint";
    progress.say(
        String.format(Locale.ROOT, "Resuming after step %,d from %s", resumed.step(), from));
    if (!resumed.fromReplica()) {
      sayWhoseOptimizerState();
    }
  }

  /** A checkpoint holds one replica. Replicas differ only when optimizer state is not averaged. */
  private void sayWhoseOptimizerState() {
    boolean differs =
        current
            .map(AttemptStart::sync)
            .filter(
                sync ->
                    sync instanceof SyncPlan.Averaging averaging
                        && averaging.islands() == 0
                        && !averaging.optimizerState())
            .isPresent();
    if (differs && !optimizerNoted) {
      optimizerNoted = true;
      progress.say(
          "All workers continue with the optimizer state of rank 0, since"
              + " training.averaging.optimizerState is false");
    }
  }

  private void say(ProgressEvent.PeerTrouble trouble) {
    long now = System.nanoTime();
    Long before = troubleNanos.put(trouble.peer(), now);
    if (before == null || now - before > SAME_TROUBLE.toNanos()) {
      progress.say(trouble.text());
    }
  }

  private void show(ProgressEvent.StepDone step) {
    if (somethingLost) {
      somethingLost = false;
      progress.say(BEGINS_ANEW);
    }
    lastStep = step.step();
    progress.at(
        step.step(),
        String.format(
            Locale.ROOT,
            "epoch %d/%d, loss %.4f%s, %,.0f examples/s",
            step.epoch() + 1,
            epochs(),
            step.loss(),
            metric.map(text -> ", " + text).orElse(""),
            step.examplesPerSecond()));
  }

  private void show(ProgressEvent.Evaluating rows) {
    progress.at(
        lastStep,
        String.format(
            Locale.ROOT, "evaluating %,d of %,d %s rows", rows.done(), rows.rows(), rows.split()));
  }

  private int epochs() {
    return current.map(AttemptStart::epochs).orElse(0);
  }
}
