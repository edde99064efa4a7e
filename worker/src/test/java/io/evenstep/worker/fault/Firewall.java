package io.evenstep.worker.fault;

import io.evenstep.worker.fault.FrameFault.Way;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Stands between all ranks of one attempt and applies faults to what they send. There are real
 * sockets on both sides. A rank that connects gets the firewall's port instead of the other rank's.
 */
final class Firewall {
  private static final long CLOSE_MILLIS = 10_000;

  private final List<FrameFault> faults;
  private final Queue<FrameFault> struck = new ConcurrentLinkedQueue<>();
  private final Map<Way, Pump> pumps = new ConcurrentHashMap<>();
  private final List<Link> links = new ArrayList<>(); // guarded by this
  private final CountDownLatch over = new CountDownLatch(1);

  /** A firewall with the faults of one attempt. */
  Firewall(List<FrameFault> faults) {
    this.faults = faults;
  }

  /** The rendezvous of {@code rank}, which now leads through the firewall. */
  Rendezvous guard(int rank, Rendezvous real) {
    return new Rendezvous() {
      @Override
      public String host() {
        return real.host();
      }

      @Override
      public List<String> allGather(String message) {
        List<String> addresses = new ArrayList<>(real.allGather(message));
        for (int peer = rank + 1; Ranks.isAddress(message) && peer < addresses.size(); peer++) {
          addresses.set(peer, through(rank, peer, addresses.get(peer)));
        }
        return addresses;
      }
    };
  }

  private synchronized String through(int rank, int peer, String address) {
    int colon = address.lastIndexOf(':');
    try {
      Link link = new Link(this, rank, peer, Integer.parseInt(address.substring(colon + 1)));
      links.add(link);
      return address.substring(0, colon + 1) + link.port();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stand between " + rank + " and " + peer, e);
    }
  }

  Pump pump(Way way, MessageReader in, Socket receiver, Link link) throws IOException {
    List<FrameFault> own =
        faults.stream()
            .filter(fault -> fault.way().equals(way))
            .sorted(Comparator.comparing(FrameFault::message))
            .toList();
    Pump pump = new Pump(in, receiver, link, own, struck::add, over);
    pumps.put(way, pump);
    return pump;
  }

  /** The faults that have happened. */
  List<FrameFault> struck() {
    return List.copyOf(struck);
  }

  /** The number of messages in each direction. */
  Map<Way, Integer> messages() {
    Map<Way, Integer> counts =
        new TreeMap<>(Comparator.comparing(Way::from).thenComparing(Way::to));
    pumps.forEach((way, pump) -> counts.put(way, pump.messages()));
    return counts;
  }

  /**
   * Releases everything held back, and waits until the connections of the ended ranks are closed.
   *
   * @throws AssertionError when a connection is still open
   */
  synchronized void end() throws InterruptedException {
    over.countDown();
    List<Link> open = new ArrayList<>();
    for (Link link : links) {
      if (!link.ended(CLOSE_MILLIS)) {
        open.add(link);
      }
    }
    if (!open.isEmpty()) {
      throw new AssertionError("Ranks have ended, but not closed their connections: " + open);
    }
  }
}
