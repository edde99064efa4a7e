package io.evenstep.worker.train;

import io.evenstep.worker.checkpoint.Position;
import io.evenstep.worker.host.Crews;
import io.evenstep.worker.net.Secret;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the workers of one process share: where they find each other, and the replicas that survive
 * an attempt which lost another rank. A replica is kept until a rank of the next attempt takes it;
 * only the newest one of each run is kept. A run is identified by its secret. Thread-safe.
 */
public final class WorkerProcess {
  /**
   * This process. It is static because nothing else survives between two attempts, or is visible to
   * two tasks: Spark makes new tasks, and the process is all that they share.
   */
  public static final WorkerProcess THIS = new WorkerProcess();

  /** After this time without another attempt the run counts as over. */
  private static final Duration MAX_AGE = Duration.ofMinutes(10);

  private final Crews<CrewMember> crews = new Crews<>();
  private final Map<Secret, Kept> kept = new HashMap<>(); // guarded by this

  private record Kept(Replica replica, long sinceNanos) {}

  /** Where the ranks of an attempt in this process find each other. */
  Crews<CrewMember> crews() {
    return crews;
  }

  /** Keeps a replica, unless there is a newer one. It must not change afterwards. */
  synchronized void leave(Secret run, Replica replica) {
    dropOld();
    Kept fresh = new Kept(replica, System.nanoTime());
    kept.merge(run, fresh, (one, other) -> step(one) > step(other) ? one : other);
  }

  /** Takes the run's replica, once. */
  synchronized Optional<Replica> take(Secret run) {
    dropOld();
    return Optional.ofNullable(kept.remove(run)).map(Kept::replica);
  }

  /** Where the run's replica stands, if there is one; it stays here. */
  synchronized Optional<Position> position(Secret run) {
    dropOld();
    return Optional.ofNullable(kept.get(run)).map(each -> each.replica.position());
  }

  private static long step(Kept each) {
    return each.replica.position().step();
  }

  private void dropOld() {
    long now = System.nanoTime();
    kept.values().removeIf(each -> now - each.sinceNanos > MAX_AGE.toNanos());
  }
}
