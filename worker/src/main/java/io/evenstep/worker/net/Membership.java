package io.evenstep.worker.net;

/**
 * A worker's identity in its run.
 *
 * @param runId name of the run and attempt; ranks of another run are refused
 * @param secret shared by all ranks of the run
 * @param rank 0 to below {@code worldSize}
 * @param worldSize how many ranks, at least 1
 */
public record Membership(String runId, Secret secret, int rank, int worldSize) {
  /** Checks the rank. */
  public Membership {
    if (worldSize < 1 || rank < 0 || rank >= worldSize) {
      throw new IllegalArgumentException(
          "Invalid rank: must be 0 to below " + worldSize + ", got " + rank);
    }
  }
}
