package io.evenstep.worker.feed;

/** In which order the rows of a split are trained on. */
public enum RowOrder {
  /** Blocks permuted and windows shuffled, anew in each epoch; a worker reads its own blocks. */
  SHUFFLED,
  /** As they are stored: a step takes the next rows, its first shard the first of them. */
  STORED
}
