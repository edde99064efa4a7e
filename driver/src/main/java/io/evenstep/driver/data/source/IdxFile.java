package io.evenstep.driver.data.source;

import io.evenstep.driver.data.file.FileKind;
import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceFiles;
import io.evenstep.model.DataException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * An IDX file of unsigned bytes, the format of MNIST: a magic number of 0x0800 plus the number of
 * dimensions, the dimensions, and the bytes, big-endian. See http://yann.lecun.com/exdb/mnist.
 *
 * @param path of the file
 * @param dimensions sizes; the first is the number of items
 * @param compressed whether it can only be read from the start
 */
record IdxFile(String path, List<Integer> dimensions, boolean compressed) implements Serializable {
  private static final int UNSIGNED_BYTES = 0x0800;
  private static final long MOST_ITEM_BYTES = 64 << 20;

  IdxFile {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * Reads the header.
   *
   * @param rank expected number of dimensions, including the items
   * @throws DataException when the file is not such an IDX file
   */
  static IdxFile open(Configuration conf, Path path, int rank) {
    String name = SourceFiles.name(path);
    boolean compressed = SourceFiles.isCompressed(conf, path);
    try (DataInputStream in = new DataInputStream(SourceFiles.open(conf, path))) {
      int magic = in.readInt();
      if (magic != UNSIGNED_BYTES + rank) {
        FileKind.requireNone(conf, path, "idx"); // names the actual format
        throw new DataException(
            "Cannot read "
                + name
                + ": the magic number must be "
                + (UNSIGNED_BYTES + rank)
                + " (unsigned bytes, "
                + rank
                + " dimensions), got "
                + magic);
      }
      List<Integer> dimensions = new ArrayList<>();
      for (int i = 0; i < rank; i++) {
        dimensions.add(in.readInt());
      }
      IdxFile file = new IdxFile(path.toString(), dimensions, compressed);
      file.requireWhole(conf);
      return file;
    } catch (EOFException e) {
      throw new DataException("Cannot read " + name + ": the file is truncated in its header", e);
    } catch (IOException e) {
      throw new DataException("Cannot read " + name + ": " + ReadFailure.reason(e), e);
    }
  }

  private void requireWhole(Configuration conf) throws IOException {
    if (dimensions.stream().anyMatch(size -> size < 1)) {
      throw new DataException(
          "Cannot read " + name() + ": dimensions must be at least 1, got " + dimensions);
    }
    long item = dimensions.stream().skip(1).mapToLong(size -> size).reduce(1, IdxFile::times);
    if (item > MOST_ITEM_BYTES) {
      throw new DataException(
          "Cannot read "
              + name()
              + ": an item must have at most "
              + MOST_ITEM_BYTES
              + " bytes, got dimensions "
              + dimensions);
    }
    Path file = new Path(path);
    long length = compressed ? expected() : file.getFileSystem(conf).getFileStatus(file).getLen();
    if (length != expected()) {
      throw new DataException(
          "Cannot read "
              + name()
              + ": the file is "
              + (length < expected() ? "truncated" : "too long")
              + ": "
              + items()
              + " items of "
              + itemBytes()
              + " bytes need "
              + expected()
              + " bytes, got "
              + length);
    }
  }

  /** Saturates instead of overflowing. */
  private static long times(long a, long b) {
    return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  String name() {
    return SourceFiles.name(new Path(path));
  }

  int items() {
    return dimensions.get(0);
  }

  int itemBytes() {
    return dimensions.stream().skip(1).reduce(1, Math::multiplyExact);
  }

  private int headerBytes() {
    return 4 + 4 * dimensions.size();
  }

  private long expected() {
    return headerBytes() + (long) items() * itemBytes();
  }

  /** A stream positioned at item {@code start}. */
  InputStream openAt(Configuration conf, int start) throws IOException {
    InputStream in = SourceFiles.open(conf, new Path(path));
    try {
      in.skipNBytes(headerBytes() + (long) start * itemBytes());
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
