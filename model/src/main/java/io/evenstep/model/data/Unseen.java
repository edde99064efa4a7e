package io.evenstep.model.data;

/** What happens to a category that no training row has. */
public enum Unseen {
  /** It is an error. */
  REFUSE,
  /** In a one-hot column all numbers are 0. In other columns it is an error. */
  IGNORE;

  /** Whether columns of a kind accept such a category. */
  public boolean isTakenBy(Segment.Kind kind) {
    return this == IGNORE && kind == Segment.Kind.ONE_HOT;
  }
}
