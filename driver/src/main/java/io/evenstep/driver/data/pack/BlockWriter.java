package io.evenstep.driver.data.pack;

import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.worker.checkpoint.FileFault;
import io.evenstep.worker.checkpoint.ObjectStores;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;

/** Writes one partition of records, sorted by split and place, to one file of blocks. */
final class BlockWriter {
  /** Bytes a block usually has at most, if a record is no longer than that. */
  static final int BLOCK_BYTES = 4 << 20;

  private final FileSystem fs;
  private final Path file;
  private final Path temporary; // [a task may run twice at a time: each attempt has its own]
  private final boolean stays;
  private final WrittenFile written = new WrittenFile();
  private final CRC32C crc = new CRC32C();
  private final int mostRows;
  private long offset; // of the next record
  private long start; // of the block
  private int rows; // in the block
  private int split;

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
    // On an object store an attempt's own name stays: what is closed is there, and nothing is
    // renamed.
    this.stays = ObjectStores.include(fs);
    this.file = stays ? new Path(folder, name + "-" + attempt) : new Path(folder, name);
    this.mostRows = Math.max(1, blockBytes / recordBytes);
  }

  /**
   * Writes the records and gives the file its name; no file when there are none.
   *
   * @throws io.evenstep.model.StorageException when the disk is full, or does not work
   */
  WrittenFile write(Iterator<Row> records) {
    try {
      return written(records);
    } catch (IOException | FSError e) {
      throw FileFault.of("Cannot write", file, e);
    }
  }

  private WrittenFile written(Iterator<Row> records) throws IOException {
    if (!records.hasNext()) {
      return written;
    }
    try (OutputStream out = fs.create(stays ? file : temporary, true)) {
      while (records.hasNext()) {
        Row row = records.next();
        begin(row.getInt(0));
        add(row.getAs(3), out);
      }
      end();
    }
    if (!stays && !fs.rename(temporary, file)) {
      fs.delete(temporary, false);
      if (!fs.exists(file)) {
        throw new IOException("Cannot rename " + temporary + " to " + file);
      }
    }
    return written;
  }

  private void begin(int rowSplit) {
    if (rowSplit != split || rows == mostRows) {
      end();
      split = rowSplit;
    }
  }

  private void add(byte[] record, OutputStream out) throws IOException {
    out.write(record);
    crc.update(record);
    offset += record.length;
    rows++;
  }

  private void end() {
    if (rows > 0) {
      written.add(split, new BlockEntry(file.getName(), start, rows, (int) crc.getValue()));
    }
    crc.reset();
    start = offset;
    rows = 0;
  }
}
