package io.evenstep.worker.collective;

import io.evenstep.model.engine.Region;
import java.util.List;

/**
 * One of this rank's sums, divided like the vector. The last additions of the tree are deferred
 * until a chunk is needed, so that it is added and sent while it is in the processor's cache.
 *
 * @param chunks [rank, chunk] of the sum; they hold the right-most term at first
 * @param lefts [term, rank, chunk] of the terms to add from the left, in this order
 * @param loss of the whole piece
 */
record OwnPiece(List<List<Region>> chunks, List<List<List<Region>>> lefts, double loss) {
  /** Adds one chunk; to be called once for each. */
  Region addUp(int rank, int chunk) {
    Region sum = chunks.get(rank).get(chunk);
    for (List<List<Region>> left : lefts) {
      sum.sum(left.get(rank).get(chunk), sum);
    }
    return sum;
  }
}
