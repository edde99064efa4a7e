package io.evenstep.worker.net;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that were accepted and have not proved themselves yet: {@value #MOST} at once, and
 * the one that has waited longest makes room for the next. Whoever knows the secret proves it
 * within two round trips, so a stranger who wants to keep a rank out has to open that many
 * connections in that time, and again each time the rank tries anew; to refuse newcomers instead
 * would let strangers who say nothing keep everyone out. Belongs to one event loop.
 */
public final class PendingConnections {
  /** More than the ranks that a worker or the driver expects to prove themselves at one moment. */
  static final int MOST = 64;

  private static final Logger log = LoggerFactory.getLogger(PendingConnections.class);

  private final Set<Channel> waiting = new LinkedHashSet<>(); // longest first
  private final Refusals refusals = new Refusals();
  private boolean crowded;

  /** A connection was accepted. */
  public void enter(Channel channel) {
    if (waiting.size() == MOST) {
      turnOut(waiting.iterator().next());
    }
    waiting.add(channel);
    channel.closeFuture().addListener(closed -> leave(channel));
  }

  /** Where connections at this port are logged that were refused. */
  public Refusals refusals() {
    return refusals;
  }

  /** It has proved itself, or is closed. */
  public void leave(Channel channel) {
    waiting.remove(channel);
  }

  /** Nobody else is expected. */
  public void close() {
    List.copyOf(waiting).forEach(Channel::close);
    refusals.close();
  }

  private void turnOut(Channel oldest) {
    if (!crowded) {
      crowded = true;
      log.warn(
          "More than {} connections wait to prove themselves, the oldest from {}: they are closed as"
              + " others come",
          MOST,
          oldest.remoteAddress());
    }
    leave(oldest);
    oldest.close();
  }
}
