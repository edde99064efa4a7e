package io.evenstep.worker.mesh;

import io.evenstep.worker.net.Connection;
import io.evenstep.worker.net.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends every peer two heartbeats a second, and watches that each peer is heard from. A silent peer
 * is reported within {@link #NOTICE}, and lost after the limit. Heartbeats are sent by the event
 * loop, so a peer whose worker computes for a long time is not silent. Belongs to the event loop.
 */
final class Heartbeat {
  /** Time between two heartbeats. */
  static final Duration BEAT = Duration.ofMillis(500);

  /**
   * Silence after which a peer is reported; together with a heartbeat and a check it stays below 5
   * s.
   */
  static final Duration NOTICE = Duration.ofSeconds(3);

  /**
   * A check this late means that this process itself was stopped, and knows nothing about the
   * others.
   */
  private static final Duration ASLEEP = Duration.ofSeconds(2);

  /** What happens to a silent peer. */
  interface Verdict {
    /** The peer has sent nothing for the limit. */
    void lost(int peer, String reason);
  }

  private final List<Watched> watched = new ArrayList<>();
  private final Duration limit;
  private final Verdict verdict;
  private final Consumer<PeerNotice> notices;
  private long lastLookNanos = System.nanoTime();

  private record Watched(Peer peer, Connection connection, Silence silence) {}

  /** When a silence was reported; null while there is none. */
  private static final class Silence {
    private @Nullable Long namedAtNanos;
  }

  Heartbeat(Duration limit, Verdict verdict, Consumer<PeerNotice> notices) {
    this.limit = limit;
    this.verdict = verdict;
    this.notices = notices;
  }

  /** Starts to send and to watch; all peers are connected. */
  void start(List<Peer> peers, EventLoop loop) {
    loop.execute(
        () -> {
          lastLookNanos = System.nanoTime();
          for (Peer peer : peers) {
            Connection connection = peer.connection().join();
            connection.hear();
            watched.add(new Watched(peer, connection, new Silence()));
          }
        });
    loop.group()
        .scheduleWithFixedDelay(
            this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat() {
    long now = System.nanoTime();
    boolean slept = now - lastLookNanos > ASLEEP.toNanos();
    lastLookNanos = now;
    for (Watched each : watched) {
      if (slept) {
        each.connection.hear();
      }
      if (!each.peer.hasDeparted()) {
        each.connection.beat();
        look(each, now);
      }
    }
  }

  private void look(Watched each, long now) {
    long silentNanos = each.connection.silentNanos(now);
    Long named = each.silence.namedAtNanos;
    if (silentNanos >= limit.toNanos()) {
      verdict.lost(each.peer.rank(), "silent for " + seconds(limit.toNanos()));
    } else if (named == null && silentNanos >= NOTICE.toNanos()) {
      each.silence.namedAtNanos = now - silentNanos;
      notices.accept(new PeerNotice(each.peer.rank(), "silent for " + seconds(silentNanos)));
    } else if (named != null && silentNanos < NOTICE.toNanos()) {
      each.silence.namedAtNanos = null;
      notices.accept(new PeerNotice(each.peer.rank(), "back, after " + seconds(now - named)));
    }
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
