package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.data.pack.PackSplit;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Records written in the order of their partitions, for training in that order. */
public final class StoredPack {
  /** Small, because a rank that takes its part of each batch skips the parts of the others. */
  private static final int BLOCK_BYTES = 256 << 10;

  private StoredPack() {}

  /**
   * Writes one file per non-empty partition.
   *
   * @param records each of {@code recordBytes} bytes
   * @param folder created if missing
   */
  public static PackSplit write(JavaRDD<byte[]> records, int recordBytes, Path folder) {
    JavaRDD<Row> rows =
        records.map(record -> RowFactory.create(Split.TRAIN.ordinal(), null, null, record));
    return BlockFiles.write(rows, recordBytes, BLOCK_BYTES, folder).split(Split.TRAIN);
  }
}
