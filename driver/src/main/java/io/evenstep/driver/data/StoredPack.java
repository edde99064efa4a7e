package io.evenstep.driver.data;

import io.evenstep.driver.data.Splitter.Split;
import io.evenstep.model.data.BlockEntry;
import io.evenstep.model.data.PackSplit;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;

/** Records written as they come, in the order of their partitions, for training in that order. */
public final class StoredPack {
  /** Small, since a rank that takes its part of each batch skips what the others take. */
  private static final int BLOCK_BYTES = 256 << 10;

  private StoredPack() {}

  /**
   * Writes one file a partition; a partition without records has none.
   *
   * @param records each of {@code recordBytes} bytes
   * @param folder made when missing
   */
  public static PackSplit write(JavaRDD<byte[]> records, int recordBytes, Path folder) {
    SerializableConfiguration conf =
        new SerializableConfiguration(records.context().hadoopConfiguration());
    String to = folder.toString();
    List<BlockEntry> blocks = new ArrayList<>();
    OrderedJob.run(
        records
            .map(record -> RowFactory.create(Split.TRAIN.ordinal(), null, null, record))
            .mapPartitionsWithIndex(
                (partition, rows) ->
                    List.of(
                            new BlockWriter(
                                    conf.value(),
                                    to,
                                    partition,
                                    TaskContext.get().taskAttemptId(),
                                    recordBytes,
                                    BLOCK_BYTES)
                                .write(rows))
                        .iterator(),
                true),
        file -> file.blocks(Split.TRAIN).forEach(block -> blocks.add(block.entry())));
    return new PackSplit(blocks.stream().mapToLong(BlockEntry::rows).sum(), blocks);
  }
}
