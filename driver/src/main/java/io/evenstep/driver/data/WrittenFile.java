package io.evenstep.driver.data;

import io.evenstep.driver.data.Splitter.Split;
import io.evenstep.model.data.BlockEntry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The blocks one task wrote, split by split. */
final class WrittenFile implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<ArrayList<BlockEntry>> blocks = new ArrayList<>(); // [splits]

  WrittenFile() {
    for (int i = 0; i < Split.values().length; i++) {
      blocks.add(new ArrayList<>());
    }
  }

  void add(int split, BlockEntry block) {
    blocks.get(split).add(block);
  }

  List<BlockEntry> blocks(Split split) {
    return blocks.get(split.ordinal());
  }
}
