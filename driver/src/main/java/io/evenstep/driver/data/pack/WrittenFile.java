package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.data.pack.BlockEntry;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The blocks that one task wrote, in order, as plain lists, so that every Spark serializer supports
 * them.
 */
final class WrittenFile implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> files = new ArrayList<>(); // one per block
  private final ArrayList<long[]> numbers = new ArrayList<>(); // one per block

  void add(int split, BlockEntry block) {
    files.add(block.file());
    numbers.add(new long[] {split, block.offset(), block.rows(), block.crc32c()});
  }

  List<BlockEntry> blocks(Split split) {
    return IntStream.range(0, files.size())
        .filter(i -> numbers.get(i)[0] == split.ordinal())
        .mapToObj(this::block)
        .toList();
  }

  private BlockEntry block(int i) {
    long[] block = numbers.get(i);
    return new BlockEntry(files.get(i), block[1], (int) block[2], (int) block[3]);
  }
}
