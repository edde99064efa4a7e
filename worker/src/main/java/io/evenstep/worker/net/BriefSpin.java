package io.evenstep.worker.net;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.TimeUnit;

/**
 * Makes a network thread poll for a moment before it sleeps. The frames of one step are a fraction
 * of a millisecond apart, and waking the thread for each takes as long. Other threads that are
 * ready get the processor first. Belongs to one event loop, and only its thread calls it.
 */
final class BriefSpin implements SelectStrategy {
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private boolean slept = true; // since the last call
  private long busyNanos; // when there was last something to do

  @Override
  public int calculateStrategy(IntSupplier ready, boolean hasTasks) throws Exception {
    int count = ready.get();
    long now = System.nanoTime();
    boolean busy = hasTasks || count > 0;
    if (busy || slept) {
      slept = false;
      busyNanos = now;
      return busy ? count : CONTINUE;
    }
    if (now - busyNanos < SPIN_NANOS) {
      Thread.yield();
      return CONTINUE;
    }
    slept = true;
    return SELECT;
  }
}
