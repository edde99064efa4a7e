package io.evenstep.worker.host;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Where the ranks of a process find each other. Thread-safe.
 *
 * @param <M> what each member contributes
 */
public final class Crews<M> {
  private final String process = UUID.randomUUID().toString();
  private final Map<List<String>, Arriving<M>> arriving = new HashMap<>(); // guarded by this

  private static final class Arriving<M> {
    private final Crew<M> crew;
    private int missing;

    Arriving(Crew<M> crew) {
      this.crew = crew;
      this.missing = crew.size();
    }
  }

  /** A name that no other process has. */
  public String process() {
    return process;
  }

  /**
   * The crew of a rank.
   *
   * @param attempt identifies this attempt; the same for all its ranks
   * @param limit how long the lead waits for a member
   */
  public Crew<M> join(List<String> attempt, List<Integer> ranks, int rank, M me, Duration limit) {
    Crew<M> crew = place(attempt, ranks, limit);
    crew.enter(rank, me);
    return crew;
  }

  /** Forgets an attempt that not all ranks have joined. Its ranks call this when they are done. */
  public synchronized void leave(List<String> attempt) {
    arriving.remove(attempt);
  }

  private synchronized Crew<M> place(List<String> attempt, List<Integer> ranks, Duration limit) {
    Arriving<M> mine =
        arriving.computeIfAbsent(attempt, key -> new Arriving<>(new Crew<>(ranks, limit)));
    mine.missing--;
    if (mine.missing == 0) {
      arriving.remove(attempt);
    }
    return mine.crew;
  }
}
