package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.part.OrderedJob;
import io.evenstep.driver.data.scan.PartitionEncoder;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.data.pack.BlockEntry;
import io.evenstep.model.data.pack.PackSplit;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** The files of records, one per non-empty partition. */
final class BlockFiles {
  private final List<WrittenFile> files = new ArrayList<>(); // in the order of partitions

  private BlockFiles() {}

  /**
   * Writes records in their order.
   *
   * @param records with {@link PartitionEncoder#SCHEMA}
   * @param blockBytes maximum bytes of a block, unless a single record is longer
   */
  static BlockFiles write(JavaRDD<Row> records, int recordBytes, int blockBytes, Path folder) {
    SerializableConfiguration conf =
        new SerializableConfiguration(records.context().hadoopConfiguration());
    String to = folder.toString();
    BlockFiles written = new BlockFiles();
    OrderedJob.run(
        records.mapPartitionsWithIndex(
            (partition, some) ->
                List.of(
                        new BlockWriter(
                                conf.value(),
                                to,
                                partition,
                                TaskContext.get().taskAttemptId(),
                                recordBytes,
                                blockBytes)
                            .write(some))
                    .iterator(),
            true),
        written.files::add);
    return written;
  }

  /** The blocks that {@link #write} would write. Writes nothing. */
  static BlockFiles measure(JavaRDD<Row> records, int recordBytes, int blockBytes) {
    BlockFiles measured = new BlockFiles();
    OrderedJob.run(
        records.mapPartitions(
            some ->
                List.of(
                        new BlockCutter("none", recordBytes, blockBytes)
                            .cut(some, OutputStream.nullOutputStream()))
                    .iterator(),
            true),
        measured.files::add);
    return measured;
  }

  /** The rows of a split. */
  PackSplit split(Split split) {
    List<BlockEntry> blocks = files.stream().flatMap(f -> f.blocks(split).stream()).toList();
    return PackSplit.of(blocks);
  }
}
