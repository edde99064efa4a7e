package io.evenstep.model.data.pack;

import java.io.Serializable;
import java.util.List;

/**
 * The rows of a pack that serve one purpose: train, validation or test.
 *
 * @param rows rows in all blocks together
 * @param blocks in the order in which they were written, which does not depend on the cluster
 */
public record PackSplit(long rows, List<BlockEntry> blocks) implements Serializable {
  /** Copies the list and checks the row count against it. */
  public PackSplit {
    blocks = List.copyOf(blocks);
    long counted = blocks.stream().mapToLong(BlockEntry::rows).sum();
    if (counted != rows) {
      throw new IllegalArgumentException(
          "Invalid rows: must equal the blocks' sum " + counted + ", got " + rows);
    }
  }

  /** The rows of some blocks. */
  public static PackSplit of(List<BlockEntry> blocks) {
    return new PackSplit(blocks.stream().mapToLong(BlockEntry::rows).sum(), blocks);
  }

  PackSplit below(String folder) {
    return new PackSplit(rows, blocks.stream().map(block -> block.below(folder)).toList());
  }
}
