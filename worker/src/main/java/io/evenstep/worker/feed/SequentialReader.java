package io.evenstep.worker.feed;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * The rows of a split in stored order, for evaluation. Batches are cut the same way whoever reads
 * them, because a row's bits depend on how many rows go through a network at once.
 */
public final class SequentialReader {
  private static final int BATCH_ROWS = 256;
  private static final int BATCH_BYTES = 64 << 20;
  private static final int RELIEF_BATCHES = 64;

  private final PackSplit split;
  private final BlockReader reader;
  private final RecordDecoder decoder;
  private long batches;

  /**
   * How many rows go through a network at once; fewer when records are large.
   *
   * @param most most rows of a batch
   * @return at least 1
   */
  public static int batchRows(int most, int recordBytes) {
    return Math.max(1, Math.min(most, BATCH_BYTES / recordBytes));
  }

  /** Bytes of the records of a batch. */
  public static long batchBytes(int recordBytes) {
    return (long) batchRows(BATCH_ROWS, recordBytes) * recordBytes;
  }

  /** A reader of one split, for one thread. */
  public SequentialReader(PackSplit split, BlockReader reader, RecordDecoder decoder) {
    this.split = split;
    this.reader = reader;
    this.decoder = decoder;
  }

  /**
   * Passes on the rows of one of {@code parts} equal parts, which may be empty. A batch's arrays
   * are closed when {@code consumer} returns.
   */
  public void read(int part, int parts, Consumer<MiniBatch> consumer) {
    long from = split.rows() * part / parts;
    long end = split.rows() * (part + 1) / parts;
    int recordBytes = reader.recordBytes();
    int batchBytes = Math.toIntExact(batchBytes(recordBytes));
    ByteBuffer batch = ByteBuffer.allocate(batchBytes).order(ByteOrder.LITTLE_ENDIAN);
    long start = 0; // row at which the block begins
    for (BlockEntry block : split.blocks()) {
      long first = Math.max(from, start);
      long last = Math.min(end, start + block.rows());
      if (first < last) {
        byte[] records = reader.read(block);
        for (long row = first; row < last; row++) {
          batch.put(records, (int) (row - start) * recordBytes, recordBytes);
          flushIfFull(batch, consumer);
        }
      }
      start += block.rows();
    }
    flush(batch, consumer);
  }

  private void flushIfFull(ByteBuffer batch, Consumer<MiniBatch> consumer) {
    if (!batch.hasRemaining()) {
      flush(batch, consumer);
    }
  }

  private void flush(ByteBuffer batch, Consumer<MiniBatch> consumer) {
    int rows = batch.position() / reader.recordBytes();
    if (rows > 0) {
      try (MiniBatch decoded = decoder.decode(batch.flip(), rows)) {
        consumer.accept(decoded);
      }
      if (++batches % RELIEF_BATCHES == 0) {
        NativeRuntime.relieveMemory();
      }
    }
    batch.clear();
  }
}
