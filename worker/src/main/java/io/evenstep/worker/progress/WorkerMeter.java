package io.evenstep.worker.progress;

import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** A worker's progress, for other threads: the last step that it has done. */
public final class WorkerMeter {
  private final AtomicLong step = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicLongArray nanos = new AtomicLongArray(Phase.values().length);

  /** Records a step; costs a few writes. */
  public void stepDone(long steps, long bytes, StepClock clock) {
    step.lazySet(steps);
    bytesSent.lazySet(bytes);
    clock.copyTo(nanos);
  }

  /** Global steps done. */
  public long step() {
    return step.get();
  }

  /** Bytes that this worker has written to sockets in this attempt. */
  public long bytesSent() {
    return bytesSent.get();
  }

  /** Milliseconds in a phase in this attempt. */
  public double milliseconds(Phase phase) {
    return nanos.get(phase.ordinal()) / 1e6;
  }
}
