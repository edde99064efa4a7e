package io.evenstep.worker.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Adds values along one fixed binary tree over the shard index, however they are split into runs.
 * The node (level, index) covers the shards from {@code index << level} up to the next multiple,
 * and is the sum of its left and right half. Values that arrive in shard order are folded like the
 * bits of a binary counter, so the same numbers are always added in the same order. If one half is
 * absent, the node is the other half.
 */
public final class TreeStack<T> {
  /** A subtree and its sum; empty when all its shards are absent. */
  public record Node<T>(int level, int index, Optional<T> sum) {
    int firstShard() {
      return index << level;
    }
  }

  /** What happens to a node's sum on its way to the parent node. */
  public interface Edge<T> {
    /** The sum as it arrives there; the given memory may be reused. */
    T up(T sum, int level, int index);
  }

  private final List<Node<T>> nodes = new ArrayList<>();
  private final BinaryOperator<T> adder;
  private final Edge<T> edge;

  /**
   * @param adder receives the left half first; it may reuse either
   */
  public TreeStack(BinaryOperator<T> adder) {
    this(adder, (sum, level, index) -> sum);
  }

  /** Each sum passes through its edge before it is added, even if the other half is absent. */
  public TreeStack(BinaryOperator<T> adder, Edge<T> edge) {
    this.adder = adder;
    this.edge = edge;
  }

  /** Adds the subtree that follows the last one, and folds whatever is complete. */
  public void push(int level, int index, Optional<T> sum) {
    Node<T> node = new Node<>(level, index, sum);
    while (!nodes.isEmpty() && siblings(top(), node)) {
      Node<T> left = nodes.remove(nodes.size() - 1);
      node = new Node<>(left.level + 1, left.index >> 1, add(up(left), up(node)));
    }
    nodes.add(node);
  }

  /** Folds the rest, last first, when the number of shards is not a power of two. */
  public Optional<T> fold() {
    while (nodes.size() > 1) {
      Node<T> right = nodes.remove(nodes.size() - 1);
      Node<T> left = nodes.remove(nodes.size() - 1);
      nodes.add(new Node<>(left.level + 1, left.index >> 1, add(up(left), up(right))));
    }
    return nodes.isEmpty() ? Optional.empty() : nodes.get(0).sum;
  }

  /** The maximal subtrees so far, in shard order. */
  public List<Node<T>> nodes() {
    return nodes;
  }

  public void clear() {
    nodes.clear();
  }

  private Optional<T> up(Node<T> node) {
    return node.sum.map(sum -> edge.up(sum, node.level, node.index));
  }

  private Node<T> top() {
    return nodes.get(nodes.size() - 1);
  }

  private static boolean siblings(Node<?> left, Node<?> right) {
    return left.level == right.level && (left.index & 1) == 0 && left.index + 1 == right.index;
  }

  private Optional<T> add(Optional<T> left, Optional<T> right) {
    if (left.isPresent() && right.isPresent()) {
      return Optional.of(adder.apply(left.get(), right.get()));
    }
    return left.isPresent() ? left : right;
  }
}
