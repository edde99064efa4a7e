package io.evenstep.driver.study;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.event.RunListener;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.ProgressEvent.LossPoint;
import java.util.ArrayList;
import java.util.List;

/** Collects the losses of a range test, and ends its run once they are known or too large. */
final class RangeWatch implements RunListener {
  /** The reason for ending the run. */
  static final String ENOUGH = "the range test, which has seen enough";

  private static final double TOO_LARGE = 4; // times the first loss

  private final long steps;
  private final StopRequest stop;
  private final List<LossPoint> losses = new ArrayList<>();

  /**
   * Watches a run.
   *
   * @param steps after which to end it
   * @param stop ends it
   */
  RangeWatch(long steps, StopRequest stop) {
    this.steps = steps;
    this.stop = stop;
  }

  @Override
  public synchronized void progress(ProgressEvent event) {
    if (event instanceof ProgressEvent.StepDone done) {
      done.losses().stream()
          .filter(point -> point.step() <= steps && Double.isFinite(point.loss()))
          .forEach(losses::add);
      if (done.step() >= steps || isTooLarge()) {
        stop.ask(ENOUGH);
      }
    }
  }

  private boolean isTooLarge() {
    int count = losses.size();
    return count > 1 && losses.get(count - 1).loss() > TOO_LARGE * losses.get(0).loss();
  }

  /** The losses so far, in order. */
  synchronized List<LossPoint> losses() {
    return List.copyOf(losses);
  }
}
