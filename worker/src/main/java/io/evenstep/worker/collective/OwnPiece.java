package io.evenstep.worker.collective;

import io.evenstep.model.engine.Region;
import java.util.List;

/**
 * One of this rank's sums, cut as the vector is. The last additions of the tree are put off until a
 * chunk is wanted, so that it is added up and sent while it is in the processor's cache.
 *
 * @param chunks [rank, chunk] of the sum, in which the right-most term lies at first
 * @param lefts [term, rank, chunk] of what is to be added from the left, in this order
 * @param loss of the whole piece
 */
record OwnPiece(List<List<Region>> chunks, List<List<List<Region>>> lefts, double loss) {
  /** Adds up one chunk; to be called once for each. */
  Region addUp(int rank, int chunk) {
    Region sum = chunks.get(rank).get(chunk);
    for (List<List<Region>> left : lefts) {
      sum.sum(left.get(rank).get(chunk), sum);
    }
    return sum;
  }
}
