package io.evenstep.worker.feed;

import io.evenstep.model.DataException;
import io.evenstep.model.Reason;
import io.evenstep.model.data.pack.BlockEntry;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Reads whole blocks of a pack and checks them. */
public final class BlockReader {
  private final FileSystem files;
  private final Path folder;
  private final int recordBytes;

  /**
   * A reader of the pack in {@code folder}.
   *
   * @param recordBytes bytes of one record
   */
  public BlockReader(FileSystem files, Path folder, int recordBytes) {
    this.files = files;
    this.folder = folder;
    this.recordBytes = recordBytes;
  }

  int recordBytes() {
    return recordBytes;
  }

  /**
   * Reads the records of a block.
   *
   * @throws DataException naming file and block, when it cannot be read or its checksum is wrong
   */
  public byte[] read(BlockEntry block) {
    byte[] records = new byte[Math.multiplyExact(block.rows(), recordBytes)];
    Path file = new Path(folder, block.file());
    try (FSDataInputStream in = files.open(file)) {
      in.readFully(block.offset(), records);
    } catch (EOFException e) {
      throw unreadable(file, block, "the file is too short", e);
    } catch (IOException | FSError e) {
      throw unreadable(file, block, Reason.of(e), e);
    }
    CRC32C sum = new CRC32C();
    sum.update(records);
    if ((int) sum.getValue() != block.crc32c()) {
      throw unreadable(file, block, "its checksum is wrong", null);
    }
    return records;
  }

  private static DataException unreadable(
      Path file, BlockEntry block, String reason, @Nullable Throwable e) {
    String message =
        "Cannot read block at byte "
            + block.offset()
            + " ("
            + block.rows()
            + " rows) of "
            + file
            + ": "
            + reason;
    return e == null ? new DataException(message) : new DataException(message, e);
  }
}
