package io.evenstep.worker.comm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The shards of this rank, added up as far as the tree allows. Each shard's gradient turns up in
 * the one vector, so a sum that must outlive the next shard is kept in memory of its own; the last
 * sum stays in the vector.
 */
final class LocalSums {
  /**
   * A sum over a subtree: the gradient and the loss. With the last shard the additions are put off:
   * the gradient is then {@code lefts[k] + (... + (lefts[0] + gradient))}.
   */
  record Sum(INDArray gradient, List<INDArray> lefts, double loss) {
    Sum(INDArray gradient, double loss) {
      this(gradient, List.of(), loss);
    }

    Sum withLeft(Sum left) {
      List<INDArray> more = new ArrayList<>(lefts);
      more.add(left.gradient);
      return new Sum(gradient, more, left.loss + loss);
    }
  }

  private final INDArray vector; // [n]
  private final int firstShard;
  private final int endShard;
  private final Deque<INDArray> spare = new ArrayDeque<>();
  private final TreeStack<Sum> stack = new TreeStack<>(this::add);
  private int next;
  private int end; // [own shards from here on are absent]

  LocalSums(INDArray vector, Shares shares, int rank) {
    this.vector = vector;
    this.firstShard = shares.firstShard(rank);
    this.endShard = shares.firstShard(rank + 1);
  }

  void begin(int present) {
    release();
    next = firstShard;
    end = Math.max(firstShard, Math.min(endShard, present));
  }

  /** Takes the gradient of the next shard from the vector. */
  void add(double loss) {
    if (next >= end) {
      throw new IllegalStateException("Shard " + next + " has no rows in this step");
    }
    stack.push(0, next++, Optional.of(new Sum(vector, loss)));
    if (next < end) {
      vacateVector();
    }
  }

  /** The sums over this rank's pieces, in order; those without rows are empty. */
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
    if (next == end) {
      return right.withLeft(left);
    }
    Vectors.add(left.gradient, right.gradient, left.gradient);
    recycle(right.gradient);
    return new Sum(left.gradient, left.loss + right.loss);
  }

  private void vacateVector() {
    Sum top = stack.nodes().get(stack.nodes().size() - 1).sum().orElseThrow();
    if (top.gradient == vector) {
      INDArray home = spare.isEmpty() ? newMemory() : spare.pop();
      Vectors.copy(vector, home);
      stack.replaceTop(new Sum(home, top.loss));
    }
  }

  private INDArray newMemory() {
    return Nd4j.createUninitialized(DataType.FLOAT, vector.length());
  }

  private void release() {
    for (TreeStack.Node<Sum> node : stack.nodes()) {
      node.sum().ifPresent(sum -> recycle(sum.gradient));
      node.sum().ifPresent(sum -> sum.lefts.forEach(this::recycle));
    }
    stack.clear();
  }

  private void recycle(INDArray memory) {
    if (memory != vector) {
      spare.push(memory);
    }
  }
}
