package io.evenstep.driver.data.pack;

import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.checkpoint.ObjectStores;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;

/** Writes the records of one partition, sorted by split and place, to one file of blocks. */
final class BlockWriter {
  /** Default maximum bytes of a block, unless a single record is longer. */
  static final int BLOCK_BYTES = 4 << 20;

  private final FileSystem fs;
  private final Path file;
  private final Path temporary; // a task may run twice at once: each attempt has its own name
  private final boolean stays;
  private final BlockCutter cutter;

  BlockWriter(
      Configuration conf,
      String folder,
      int partition,
      long attempt,
      int recordBytes,
      int blockBytes)
      throws IOException {
    String name = String.format(Locale.ROOT, "blocks-%05d", partition);
    this.fs = new Path(folder).getFileSystem(conf);
    this.temporary = new Path(folder, "." + name + "-" + attempt);
    // On an object store the attempt's name is final: a closed file is complete, and nothing is
    // renamed.
    this.stays = ObjectStores.include(fs);
    this.file = stays ? new Path(folder, name + "-" + attempt) : new Path(folder, name);
    this.cutter = new BlockCutter(file.getName(), recordBytes, blockBytes);
  }

  /**
   * Writes the records and renames the file. Without records there is no file.
   *
   * @throws io.evenstep.model.StorageException when the disk is full or fails
   */
  WrittenFile write(Iterator<Row> records) {
    try {
      return records.hasNext() ? written(records) : new WrittenFile();
    } catch (IOException | FSError e) {
      throw FileFault.of("Cannot write", file, e);
    }
  }

  private WrittenFile written(Iterator<Row> records) throws IOException {
    WrittenFile written;
    try (OutputStream out = fs.create(stays ? file : temporary, true)) {
      written = cutter.cut(records, out);
    }
    if (!stays && !fs.rename(temporary, file)) {
      fs.delete(temporary, false);
      if (!fs.exists(file)) {
        throw new IOException("Cannot rename " + temporary + " to " + file);
      }
    }
    return written;
  }
}
