package io.evenstep.worker.train;

import io.evenstep.worker.host.Crews;
import io.evenstep.worker.net.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the workers of one process have in common: where they find each other, and the replicas that
 * outlive an attempt which lost another rank, until a rank of the next attempt takes them: the
 * newest one of each run. A run is known by its secret. For any thread.
 */
public final class WorkerProcess {
  /**
   * This process. It is static because nothing else lives on between two attempts, or is known to
   * two tasks: Spark starts each task anew, and the process is all they share.
   */
  public static final WorkerProcess THIS = new WorkerProcess();

  /** After so long without a next attempt the run is over, however it ended. */
  private static final Duration MAX_AGE = Duration.ofMinutes(10);

  private final Crews<CrewMember> crews = new Crews<>();
  private final Map<Secret, Kept> kept = new HashMap<>(); // guarded by this

  private record Kept(Replica replica, long sinceNanos) {}

  /** Where the ranks of an attempt that are in this process find each other. */
  Crews<CrewMember> crews() {
    return crews;
  }

  /** Keeps a replica, which nobody may change any more, unless there is a newer one. */
  synchronized void leave(Secret run, Replica replica) {
    dropOld();
    Kept fresh = new Kept(replica, System.nanoTime());
    kept.merge(run, fresh, (one, other) -> step(one) > step(other) ? one : other);
  }

  /** Hands out the run's replica, once. */
  synchronized Optional<Replica> take(Secret run) {
    dropOld();
    return Optional.ofNullable(kept.remove(run)).map(Kept::replica);
  }

  private static long step(Kept each) {
    return each.replica.position().step();
  }

  private void dropOld() {
    long now = System.nanoTime();
    kept.values().removeIf(each -> now - each.sinceNanos > MAX_AGE.toNanos());
  }
}
