package io.evenstep.worker.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which ranks are in the same process. A process with several ranks is one host: its ranks share
 * one replica and one connection to each other host. The value is the same on every rank.
 *
 * @param hosts the ranks of each host, ascending; hosts are ordered by their first rank
 */
public record Seating(List<List<Integer>> hosts) {
  /** Copies the lists. */
  public Seating {
    hosts = hosts.stream().map(List::copyOf).toList();
  }

  /** Every rank by itself. */
  public static Seating apart(int worldSize) {
    List<List<Integer>> hosts = new ArrayList<>();
    for (int rank = 0; rank < worldSize; rank++) {
      hosts.add(List.of(rank));
    }
    return new Seating(hosts);
  }

  /**
   * Groups ranks of the same process into one host.
   *
   * @param processes by rank
   */
  public static Seating of(List<String> processes) {
    Map<String, List<Integer>> hosts = new LinkedHashMap<>();
    for (int rank = 0; rank < processes.size(); rank++) {
      hosts.computeIfAbsent(processes.get(rank), process -> new ArrayList<>()).add(rank);
    }
    return new Seating(new ArrayList<>(hosts.values()));
  }

  /** How many ranks there are. */
  public int worldSize() {
    return hosts.stream().mapToInt(List::size).sum();
  }

  /** The host that a rank is in. */
  public int hostOf(int rank) {
    for (int host = 0; host < hosts.size(); host++) {
      if (hosts.get(host).contains(rank)) {
        return host;
      }
    }
    throw new IllegalArgumentException("Rank " + rank + " is not in " + hosts);
  }

  /** The first of the ranks that share a rank's host. It talks to the other hosts. */
  public int leadOf(int rank) {
    return hosts.get(hostOf(rank)).get(0);
  }

  /**
   * Where each host's ranks begin when all ranks are listed host by host, followed by the number of
   * ranks. Shards are assigned in this order, so that those of a host are consecutive.
   */
  public List<Integer> firstPlaces() {
    List<Integer> places = new ArrayList<>(List.of(0));
    for (List<Integer> ranks : hosts) {
      places.add(places.get(places.size() - 1) + ranks.size());
    }
    return places;
  }
}
