package io.evenstep.worker.collective;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds each chunk up once it is whole, in order, on the thread that delivers the last part of it:
 * no thread is woken for a chunk. Parts may arrive before there is leave to add.
 */
final class ChunkArrivals {
  private final int[] missing; // chunk; guarded by this, as all below
  private int next; // chunks before it are added up
  private @Nullable IntConsumer reduction;
  private @Nullable CompletableFuture<Double> done;

  ChunkArrivals(int chunks) {
    missing = new int[chunks];
  }

  /** A new step, in which so many parts of every chunk will arrive. */
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

  /** From now on {@code reduction} is called for whole chunks; after the last, the promise kept. */
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
