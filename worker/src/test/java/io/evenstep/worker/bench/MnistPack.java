package io.evenstep.worker.bench;

import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/** The rows of MNIST in the form of {@link BenchPack}. */
final class MnistPack {
  private static final int RECORD_BYTES = BenchPack.PIXELS + 1;
  private static final int BLOCK_ROWS = 2_000;

  private MnistPack() {}

  /** Writes {@code train} and {@code test}, from a folder with MNIST's four files. */
  static void write(Path mnist, Path folder) throws IOException {
    write(mnist, "train", folder.resolve("train"));
    write(mnist, "t10k", folder.resolve("test"));
  }

  private static void write(Path mnist, String name, Path target) throws IOException {
    try (DataInputStream images = open(mnist.resolve(name + "-images-idx3-ubyte.gz"));
        DataInputStream labels = open(mnist.resolve(name + "-labels-idx1-ubyte.gz"))) {
      images.readInt();
      int rows = images.readInt();
      images.readLong(); // 28 by 28
      labels.readLong();
      byte[] all = new byte[rows * RECORD_BYTES];
      for (int row = 0; row < rows; row++) {
        images.readFully(all, row * RECORD_BYTES, BenchPack.PIXELS);
        labels.readFully(all, row * RECORD_BYTES + BenchPack.PIXELS, 1);
      }
      Files.write(target, all);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16));
  }

  /** The first rows of a split, at most {@code rows}. */
  static PackSplit index(Path folder, String split, int rows) throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve(split));
    int count = Math.min(rows, all.length / RECORD_BYTES);
    List<BlockEntry> blocks = new ArrayList<>();
    for (int from = 0; from < count; from += BLOCK_ROWS) {
      int ofBlock = Math.min(BLOCK_ROWS, count - from);
      CRC32C sum = new CRC32C();
      sum.update(all, from * RECORD_BYTES, ofBlock * RECORD_BYTES);
      blocks.add(new BlockEntry(split, from * RECORD_BYTES, ofBlock, (int) sum.getValue()));
    }
    return new PackSplit(count, blocks);
  }
}
