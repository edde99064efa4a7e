package io.evenstep.worker.collective;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.plan.TreeStack;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The shards of one rank, added as far as the tree allows. A shard's gradient that must outlive the
 * next shard is written to separate memory; the others are written to the vector. The last sum
 * stays in the vector.
 */
public final class LocalSums {
  /**
   * A sum over a subtree: the gradient and the loss. For the last shard the additions are deferred:
   * the gradient is then {@code lefts[k] + (... + (lefts[0] + gradient))}.
   */
  record Sum(Region gradient, List<Region> lefts, double loss) {
    Sum(Region gradient, double loss) {
      this(gradient, List.of(), loss);
    }

    Sum withLeft(Sum left) {
      List<Region> more = new ArrayList<>(lefts);
      more.add(left.gradient);
      return new Sum(gradient, more, left.loss + loss);
    }
  }

  private final Region vector; // [n]
  private final int firstShard;
  private final int endShard;
  private final Deque<Region> spare = new ArrayDeque<>();
  private final TreeStack<Sum> stack = new TreeStack<>(this::add, this::round);
  private final WireChunks edges;
  private Region target; // of the next shard
  private int next;
  private int end; // own shards from this one on have no rows

  /**
   * Sums of some shards.
   *
   * @param edges of the tree, for the thread of their rank
   */
  LocalSums(Region vector, int firstShard, int endShard, WireChunks edges) {
    this.vector = vector;
    this.edges = edges;
    this.target = vector;
    this.firstShard = firstShard;
    this.endShard = endShard;
  }

  void begin(int present) {
    release();
    next = firstShard;
    end = Math.max(firstShard, Math.min(endShard, present));
    target = nextTarget();
  }

  /** Where to write the gradient of the next shard. */
  public Region target() {
    return target;
  }

  /** Adds the next shard: its gradient, which was written to its target, and its loss. */
  public void add(double loss) {
    if (next >= end) {
      throw new IllegalStateException("Shard " + next + " has no rows in this step");
    }
    stack.push(0, next++, Optional.of(new Sum(target, loss)));
    target = nextTarget();
  }

  /** The sums over this rank's pieces, in order; empty for pieces without rows. */
  List<TreeStack.Node<Sum>> pieces() {
    if (next != end) {
      throw new IllegalStateException("Shards " + next + " to " + end + " were not added");
    }
    for (int shard = end; shard < endShard; shard++) {
      stack.push(0, shard, Optional.empty());
    }
    return stack.nodes();
  }

  private Sum add(Sum left, Sum right) {
    if (next == end && edges.isExact()) {
      return right.withLeft(left);
    }
    left.gradient.sum(left.gradient, right.gradient);
    recycle(right.gradient);
    return new Sum(left.gradient, left.loss + right.loss);
  }

  private Sum round(Sum sum, int level, int index) {
    edges.round(sum.gradient, 0, level, index);
    return sum;
  }

  /**
   * The last shard can use the vector, and so can a shard that is added to an existing left half.
   */
  private Region nextTarget() {
    boolean isRightHalf = (next & 1) == 1 && next > firstShard;
    if (next + 1 >= end || isRightHalf) {
      return vector;
    }
    return spare.isEmpty() ? Region.allocate(vector.length()) : spare.pop();
  }

  private void release() {
    for (TreeStack.Node<Sum> node : stack.nodes()) {
      node.sum().ifPresent(sum -> recycle(sum.gradient));
      node.sum().ifPresent(sum -> sum.lefts.forEach(this::recycle));
    }
    stack.clear();
    recycle(target); // of a shard that was not added, after an aborted step
  }

  private void recycle(Region memory) {
    if (memory != vector) {
      spare.push(memory);
    }
  }
}
