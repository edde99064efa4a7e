package io.evenstep.driver.data;

import io.evenstep.driver.data.Splitter.Split;
import io.evenstep.model.data.BlockEntry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The blocks one task wrote, split by split. */
final class WrittenFile implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A block, as {@link io.evenstep.model.data.BlockEntry} describes it. */
  record Block(String file, long offset, int rows, int crc32c) implements Serializable {
    BlockEntry entry() {
      return new BlockEntry(file, offset, rows, crc32c);
    }
  }

  private final List<ArrayList<Block>> blocks = new ArrayList<>(); // [splits]

  WrittenFile() {
    for (int i = 0; i < Split.values().length; i++) {
      blocks.add(new ArrayList<>());
    }
  }

  void add(int split, Block block) {
    blocks.get(split).add(block);
  }

  List<Block> blocks(Split split) {
    return blocks.get(split.ordinal());
  }
}
