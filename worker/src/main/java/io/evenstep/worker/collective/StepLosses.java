package io.evenstep.worker.collective;

import java.util.List;

/**
 * The losses of one step, the same on every rank.
 *
 * @param total sum over all shards, in the tree's order
 * @param parts its terms
 * @param stop whether a rank asked all to stop after this step
 */
public record StepLosses(double total, List<Part> parts, boolean stop) {
  /** Copies the list. */
  public StepLosses {
    parts = List.copyOf(parts);
  }

  /**
   * The loss of some shards that one rank computed.
   *
   * @param firstShard first of {@code shards} shards
   */
  public record Part(int rank, int firstShard, int shards, double loss) {}
}
