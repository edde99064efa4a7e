package io.evenstep.worker.collective;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds each chunk when all its parts have arrived, in order, on the thread that delivers the last
 * part. So no thread is woken for a chunk. Parts may arrive before adding is allowed.
 */
final class ChunkArrivals {
  private final int[] missing; // chunk; guarded by this, as all below
  private int next; // chunks before it are added up
  private @Nullable IntConsumer reduction;
  private @Nullable CompletableFuture<Double> done;

  ChunkArrivals(int chunks) {
    missing = new int[chunks];
  }

  /** Starts a step in which each chunk has this many parts. */
  synchronized void begin(int parts) {
    Arrays.fill(missing, parts);
    next = 0;
    reduction = null;
    done = null;
  }

  synchronized void arrived(int chunk) {
    missing[chunk]--;
    reduceWhole();
  }

  /**
   * From now on {@code reduction} is called for complete chunks; after the last one, the promise is
   * completed.
   */
  synchronized void reduceWith(IntConsumer reduction, CompletableFuture<Double> done) {
    this.reduction = reduction;
    this.done = done;
    reduceWhole();
  }

  private void reduceWhole() {
    if (reduction == null || done == null) {
      return;
    }
    try {
      while (next < missing.length && missing[next] == 0) {
        reduction.accept(next++);
      }
      if (next == missing.length) {
        done.complete(0.0);
      }
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }
}
