package io.evenstep.driver.data.pack;

import static org.apache.spark.sql.functions.col;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.scan.PartitionEncoder;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.pack.PackSplit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The second pass: encodes all rows, mixes them, and writes them in as many files as their bytes
 * ask for. Rows are mixed once and for all, so that a source sorted by class trains well.
 */
final class PackWriter {
  /** Bytes of records one task sorts and writes. */
  private static final long FILE_BYTES = 32L << 20;

  private final SparkSession session;
  private final Encoding encoding;

  PackWriter(SparkSession session, Encoding encoding) {
    this.session = session;
    this.encoding = encoding;
  }

  /** Writes the rows of all sources to a folder; the i-th splitter is the i-th table's. */
  Map<Split, PackSplit> write(
      List<SourceTable> tables, List<Splitter> splitters, long rows, Path folder) {
    Dataset<Row> records = encode(tables.get(0), splitters.get(0));
    for (int i = 1; i < tables.size(); i++) {
      records = records.union(encode(tables.get(i), splitters.get(i)));
    }
    long bytes = Math.multiplyExact(rows, encoding.recordBytes());
    int files = Math.toIntExact(bytes / FILE_BYTES + 1);
    Dataset<Row> mixed =
        records
            .repartition(files, col("place"))
            .sortWithinPartitions(col("split"), col("place"), col("row"));
    BlockFiles written =
        BlockFiles.write(
            mixed.toJavaRDD(), encoding.recordBytes(), BlockWriter.BLOCK_BYTES, folder);
    Map<Split, PackSplit> splits = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      splits.put(split, written.split(split));
    }
    return splits;
  }

  private Dataset<Row> encode(SourceTable table, Splitter splitter) {
    String json = encoding.toJson();
    JavaRDD<Row> records =
        table
            .records()
            .mapPartitionsWithIndex(
                (partition, some) -> new PartitionEncoder(partition, json, splitter, some), true);
    return session.createDataFrame(records, PartitionEncoder.SCHEMA);
  }
}
