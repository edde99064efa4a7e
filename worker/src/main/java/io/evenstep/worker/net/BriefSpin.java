package io.evenstep.worker.net;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.TimeUnit;

/**
 * Has a network thread look for more for a moment before it sleeps: frames of one step come a
 * fraction of a millisecond apart, and to be woken for each takes as long. Other threads that are
 * ready have the processor first. Of one event loop, whose thread alone calls it.
 */
final class BriefSpin implements SelectStrategy {
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private boolean slept = true; // since it was last asked
  private long busyNanos; // when there was something to do last

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
