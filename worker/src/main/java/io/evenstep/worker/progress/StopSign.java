package io.evenstep.worker.progress;

/** Whether a rank has been asked to stop before its training ends. For any thread. */
public final class StopSign {
  private volatile boolean asked;

  /** Asks the rank to stop, for good. */
  public void ask() {
    asked = true;
  }

  /** Whether it was asked. */
  public boolean asked() {
    return asked;
  }

  /**
   * Ends work that changes no replica, and so may end anywhere.
   *
   * @throws StoppedException when the rank was asked to stop
   */
  public void check() {
    if (asked) {
      throw new StoppedException("Stopped while rows were evaluated");
    }
  }
}
