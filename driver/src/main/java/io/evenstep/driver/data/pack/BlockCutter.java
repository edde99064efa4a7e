package io.evenstep.driver.data.pack;

import io.evenstep.model.data.pack.BlockEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.zip.CRC32C;
import org.apache.spark.sql.Row;

/** Groups the records of one partition, sorted by split and place, into blocks with checksums. */
final class BlockCutter {
  private final String file;
  private final int mostRows;
  private final WrittenFile written = new WrittenFile();
  private final CRC32C crc = new CRC32C();
  private long offset; // place of the next record
  private long start; // split of the block
  private int rows; // in the block
  private int split;

  /**
   * @param file name of the file in the list of blocks
   * @param blockBytes maximum bytes of a block, unless a single record is longer
   */
  BlockCutter(String file, int recordBytes, int blockBytes) {
    this.file = file;
    this.mostRows = Math.max(1, blockBytes / recordBytes);
  }

  /** Writes the records and returns their blocks. */
  WrittenFile cut(Iterator<Row> records, OutputStream out) throws IOException {
    while (records.hasNext()) {
      Row row = records.next();
      begin(row.getInt(0));
      add(row.getAs(3), out);
    }
    end();
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
      written.add(split, new BlockEntry(file, start, rows, (int) crc.getValue()));
    }
    crc.reset();
    start = offset;
    rows = 0;
  }
}
