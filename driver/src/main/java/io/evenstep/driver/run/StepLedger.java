package io.evenstep.driver.run;

import io.evenstep.driver.event.AttemptStart;
import io.evenstep.driver.event.RunListener;
import io.evenstep.worker.progress.ProgressEvent;

/**
 * Counts steps that were reported in one attempt and repeated in a later one. Steps that no event
 * reported are not counted; events arrive several times a second. Thread-safe.
 */
final class StepLedger implements RunListener {
  private long newest; // guarded by this, as are all fields below
  private boolean begun;
  private long redone;

  /** Another attempt begins. Its first event gives the step from which it starts. */
  @Override
  public synchronized void attemptBegins(AttemptStart attempt) {
    begun = false;
  }

  @Override
  public void progress(ProgressEvent event) {
    if (event instanceof ProgressEvent.Resumed resumed) {
      resumed(resumed.step());
    } else if (event instanceof ProgressEvent.StepDone step) {
      done(step.step());
    }
  }

  private synchronized void resumed(long step) {
    redone += Math.max(0, newest - step);
    newest = step;
    begun = true;
  }

  private synchronized void done(long step) {
    if (!begun) {
      resumed(0);
    }
    newest = Math.max(newest, step);
  }

  synchronized long redone() {
    return redone;
  }
}
