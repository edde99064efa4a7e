package io.evenstep.driver.run;

import io.evenstep.driver.event.AttemptStart;
import io.evenstep.driver.event.RunListener;
import io.evenstep.worker.progress.ProgressEvent;

/**
 * Counts steps that were heard of in one attempt and taken again in a later one. Of a step that no
 * event told of, nothing is known here; events come several times a second. For any thread.
 */
final class StepLedger implements RunListener {
  private long newest; // guarded by this, as all below
  private boolean begun;
  private long redone;

  /** Another attempt begins, at a step that its first event will tell. */
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
