package io.evenstep.worker.feed;

/** The order in which the rows of a split are used for training. */
public enum RowOrder {
  /**
   * Blocks are permuted and windows shuffled, differently in each epoch. A worker reads only its
   * own blocks.
   */
  SHUFFLED,
  /**
   * In stored order: each step takes the next rows, and its first shard takes the first of them.
   */
  STORED
}
