package io.evenstep.worker.cost;

import io.evenstep.worker.collective.Chunks;
import io.evenstep.worker.plan.Shares;
import io.evenstep.worker.plan.Wire;
import java.util.Map;

/**
 * Predicts how long the all-reduce of a step takes: two turns over the network, the rounding on
 * each edge of the tree, and the additions. It follows the order of {@link
 * io.evenstep.worker.collective.AllReduce}; computing, waiting for slower ranks and the update are
 * not part of it.
 *
 * @param link the network
 * @param codecs of each wire format that is predicted
 * @param addSeconds to add two numbers of a vector
 */
public record ExchangeCost(LinkSpeed link, Map<Wire, CodecSpeed> codecs, double addSeconds) {
  /** Copies the map. */
  public ExchangeCost {
    codecs = Map.copyOf(codecs);
  }

  /** Seconds of the exchange of a vector. */
  public double seconds(Wire wire, Shares shares) {
    return turns(wire, shares) + coding(wire, shares) + adding(shares);
  }

  /** To the owners of slices, and back to all. */
  private double turns(Wire wire, Shares shares) {
    int hosts = shares.worldSize();
    if (hosts == 1) {
      return 0;
    }
    double frames = (hosts - 1) * Math.ceil(length(shares) / hosts / Chunks.FLOATS);
    double bytes = shares.bytesPerStep(wire);
    return 2 * link.latencySeconds()
        + (pieces(shares) + 1) * frames * link.frameSeconds()
        + bytes / link.bytesPerSecond();
  }

  /**
   * Each rank rounds what its shards send up the tree within the rank, then its range of what the
   * ranks send up within the host. One thread per host encodes and decodes what is sent.
   */
  private double coding(Wire wire, Shares shares) {
    CodecSpeed codec = codecs.getOrDefault(wire, CodecSpeed.NONE);
    double length = length(shares);
    double hosts = shares.worldSize();
    double ranks = mostRanks(shares);
    double ownShards = Math.ceil(shares.shards() / (double) shares.places().get((int) hosts));
    double roundings = 2 * ownShards - 2 + (2 * ranks - 2) / ranks;
    if (hosts == 1) {
      return length * codec.round() * (roundings + 1 / ranks);
    }
    double others = (hosts - 1) / hosts;
    return length
        * (codec.round() * (roundings + 1 / hosts)
            + codec.encode() * (others * pieces(shares) + 1 / hosts)
            + codec.decode() * (others * pieces(shares) + 1 / ranks));
  }

  private double adding(Shares shares) {
    double hosts = shares.worldSize();
    double ranks = mostRanks(shares);
    double terms = (hosts - 1) / hosts * pieces(shares) + (ranks - 1) / ranks;
    return length(shares) * addSeconds * terms;
  }

  private static double length(Shares shares) {
    return shares.sliceStart(shares.worldSize());
  }

  private static double pieces(Shares shares) {
    int pieces = 0;
    for (int host = 0; host < shares.worldSize(); host++) {
      pieces += shares.pieces(host).size();
    }
    return (double) pieces / shares.worldSize();
  }

  private static int mostRanks(Shares shares) {
    int most = 1;
    for (int host = 0; host < shares.worldSize(); host++) {
      most = Math.max(most, shares.places().get(host + 1) - shares.places().get(host));
    }
    return most;
  }
}
