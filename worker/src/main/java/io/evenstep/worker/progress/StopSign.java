package io.evenstep.worker.progress;

/** Whether a rank has been asked to stop before its training ends. Thread-safe. */
public final class StopSign {
  private volatile boolean asked;

  /** Asks the rank to stop. This cannot be undone. */
  public void ask() {
    asked = true;
  }

  /** Whether it was asked. */
  public boolean asked() {
    return asked;
  }

  /**
   * Ends work that does not change a replica and so may end anywhere.
   *
   * @throws StoppedException when the rank was asked to stop
   */
  public void check() {
    if (asked) {
      throw new StoppedException("Stopped while rows were evaluated");
    }
  }
}
