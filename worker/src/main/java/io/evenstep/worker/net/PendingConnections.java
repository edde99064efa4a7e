package io.evenstep.worker.net;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepted connections that have not proved yet that they know the secret. There are at most
 * {@value #MOST}; the next one replaces the one that has waited longest. A rank that knows the
 * secret proves it within two round trips. So a stranger who wants to keep it out must open that
 * many connections in that time, and again for each retry. If new connections were refused instead,
 * silent strangers could keep everyone out. Belongs to one event loop.
 */
public final class PendingConnections {
  /** More than the number of ranks that connect to a worker or the driver at one moment. */
  static final int MOST = 64;

  private static final Logger log = LoggerFactory.getLogger(PendingConnections.class);

  private final Set<Channel> waiting = new LinkedHashSet<>(); // longest first
  private final Refusals refusals = new Refusals();
  private boolean crowded;

  /** Adds an accepted connection. */
  public void enter(Channel channel) {
    if (waiting.size() == MOST) {
      turnOut(waiting.iterator().next());
    }
    waiting.add(channel);
    channel.closeFuture().addListener(closed -> leave(channel));
  }

  /** Logs the refused connections of this port. */
  public Refusals refusals() {
    return refusals;
  }

  /** Removes a connection that has proved that it knows the secret, or is closed. */
  public void leave(Channel channel) {
    waiting.remove(channel);
  }

  /** Closes all: no other connection is expected. */
  public void close() {
    List.copyOf(waiting).forEach(Channel::close);
    refusals.close();
  }

  private void turnOut(Channel oldest) {
    if (!crowded) {
      crowded = true;
      log.warn(
          "More than {} connections wait without proving that they know the run's secret, the"
              + " oldest from {}: closing the oldest as others come",
          MOST,
          oldest.remoteAddress());
    }
    leave(oldest);
    oldest.close();
  }
}
