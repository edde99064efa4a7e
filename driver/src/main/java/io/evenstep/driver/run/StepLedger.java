package io.evenstep.driver.run;

/**
 * Counts steps that were heard of in one attempt and taken again in a later one. Of a step that no
 * event told of, nothing is known here; events come several times a second. For any thread.
 */
final class StepLedger {
  private long newest; // [guarded by this, as all below]
  private boolean begun;
  private long redone;

  /** Another attempt begins, at a step that its first event will tell. */
  synchronized void attemptBegins() {
    begun = false;
  }

  /** The attempt goes on after so many steps. */
  synchronized void resumed(long step) {
    redone += Math.max(0, newest - step);
    newest = step;
    begun = true;
  }

  /** So many steps are done. */
  synchronized void done(long step) {
    if (!begun) {
      resumed(0);
    }
    newest = Math.max(newest, step);
  }

  synchronized long redone() {
    return redone;
  }
}
