package io.evenstep.worker.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The ranks of one host at work. The first one leads: it trains and gives work to all of them at
 * once. The others work for it until it is done. Every wait ends: when the work is done, at the
 * limit, or when the awaited thread ends.
 *
 * @param <M> what each member contributes
 */
public final class Crew<M> {
  /** About 40 microseconds; longer would take time from the feeds. */
  private static final int SPINS = 2_000;

  private static final Duration LOOK = Duration.ofMillis(500);

  private final List<Integer> ranks;
  private final Duration limit;
  private final List<@Nullable M> members = new ArrayList<>();
  private final @Nullable Thread[] threads;
  private final @Nullable RuntimeException[] failures; // of this round, by member
  private @Nullable IntConsumer work; // of this round; null when the crew is done
  private @Nullable RuntimeException end; // the lead's failure, if it has failed
  private volatile int round;
  private volatile int pending; // members still working in this round
  private volatile boolean dissolved;
  private volatile long step;

  Crew(List<Integer> ranks, Duration limit) {
    this.ranks = ranks;
    this.limit = limit;
    this.threads = new Thread[ranks.size()];
    this.failures = new RuntimeException[ranks.size()];
    ranks.forEach(rank -> members.add(null));
  }

  /** A rank that is a host by itself. */
  public static <M> Crew<M> alone(int rank, M member) {
    Crew<M> crew = new Crew<>(List.of(rank), Duration.ZERO);
    crew.enter(rank, member);
    return crew;
  }

  /** Registers this thread as a member's. */
  synchronized void enter(int rank, M member) {
    int place = ranks.indexOf(rank);
    members.set(place, member);
    threads[place] = Thread.currentThread();
    notifyAll();
  }

  /** How many ranks it has. */
  public int size() {
    return ranks.size();
  }

  /** A member's rank. */
  public int rank(int member) {
    return ranks.get(member);
  }

  /** The members' contributions, the lead's first; waits until all have joined. */
  public synchronized List<M> members() {
    long deadline = System.nanoTime() + limit.toNanos();
    List<M> all = new ArrayList<>();
    for (int member = 0; member < size(); member++) {
      M there = members.get(member);
      while (there == null) {
        await(member, deadline, "it had not joined");
        there = members.get(member);
      }
      all.add(there);
    }
    return all;
  }

  /** From now on errors say that they happened at this global step. */
  public void at(long globalStep) {
    step = globalStep;
  }

  /**
   * Makes every member do its part, including the lead, and waits for all of them. Only the lead
   * calls it.
   *
   * @param part receives the member's index, 0 for the lead
   * @throws CrewLostException when a member's thread has ended, or works longer than the limit
   * @throws RuntimeException the exception of the first member whose part failed
   */
  public void each(IntConsumer part) {
    if (size() > 1) {
      begin(part);
    }
    attempt(0, part);
    if (size() > 1) {
      awaitOthers();
    }
    for (RuntimeException failure : failures) {
      if (failure != null) {
        throw failure;
      }
    }
  }

  private synchronized void begin(IntConsumer part) {
    work = part;
    pending = size() - 1;
    round++;
    notifyAll();
  }

  private void attempt(int member, IntConsumer part) {
    failures[member] = null;
    try {
      part.accept(member);
    } catch (RuntimeException e) {
      failures[member] = e;
    } catch (LinkageError | OutOfMemoryError e) {
      failures[member] = new IllegalStateException("Rank " + rank(member) + ": " + e, e);
    }
  }

  private void awaitOthers() {
    for (int spin = 0; pending > 0 && spin < SPINS; spin++) {
      Thread.onSpinWait();
    }
    if (pending == 0) {
      return;
    }
    synchronized (this) {
      long deadline = System.nanoTime() + limit.toNanos();
      while (pending > 0) {
        await(firstAtWork(), deadline, "it is still working on its part");
      }
    }
  }

  /** A member to name: one whose thread has ended, or any other. */
  private int firstAtWork() {
    for (int member = 1; member < size(); member++) {
      Thread thread = threads[member];
      if (thread != null && !thread.isAlive()) {
        return member;
      }
    }
    return size() - 1;
  }

  /** Waits a moment for a member. */
  private void await(int member, long deadline, String late) {
    Thread thread = threads[member];
    if (thread != null && !thread.isAlive()) {
      throw lost(member, "its thread has ended");
    }
    long nanos = deadline - System.nanoTime();
    if (nanos <= 0) {
      throw lost(member, late + " after " + limit.toMillis() + " ms");
    }
    try {
      wait(Math.max(1, Math.min(LOOK.toMillis(), nanos / 1_000_000)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CrewLostException(step, rank(member), "the wait for it was interrupted", e);
    }
  }

  private CrewLostException lost(int member, String reason) {
    return new CrewLostException(step, rank(member), reason, null);
  }

  /**
   * Does this member's part of all work that the lead gives out, until it is done.
   *
   * @return whether the ranks have trained together; otherwise each must train by itself
   * @throws RuntimeException the lead's failure
   */
  public boolean serve(int rank) {
    int member = ranks.indexOf(rank);
    int seen = 0;
    while (true) {
      Optional<IntConsumer> part = next(seen);
      if (part.isEmpty()) {
        return !dissolved;
      }
      seen++;
      attempt(member, part.get());
      done();
    }
  }

  private synchronized void done() {
    pending--;
    if (pending == 0) {
      notifyAll();
    }
  }

  private Optional<IntConsumer> next(int seen) {
    for (int spin = 0; round == seen && spin < SPINS; spin++) {
      Thread.onSpinWait();
    }
    synchronized (this) {
      while (round == seen) {
        awaitLead();
      }
      if (end != null) {
        throw end;
      }
      return Optional.ofNullable(work);
    }
  }

  /**
   * The lead may evaluate, or wait for other hosts, for a long time. Only the end of its thread
   * ends this wait.
   */
  private void awaitLead() {
    Thread lead = threads[0];
    if (lead != null && !lead.isAlive()) {
      throw lost(0, "its thread has ended");
    }
    try {
      wait(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CrewLostException(step, rank(0), "the wait for it was interrupted", e);
    }
  }

  /** Called when the lead is done: releases the others. */
  public void close() {
    over(null);
  }

  /** Called when the lead cannot share its replica: each member trains by itself. */
  public void dissolve() {
    dissolved = true;
    over(null);
  }

  /** Called when the lead has failed: the others fail with the same reason. */
  public void fail(RuntimeException reason) {
    over(reason);
  }

  private synchronized void over(@Nullable RuntimeException reason) {
    work = null;
    end = reason;
    round++;
    notifyAll();
  }
}
