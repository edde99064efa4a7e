package io.evenstep.driver.data.pack;

import static org.apache.spark.sql.functions.col;

import io.evenstep.driver.data.file.ReadFailure;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.scan.PartitionEncoder;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.pack.PackSplit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The second pass: encodes all rows, shuffles them, and writes them to files; the number of files
 * depends on their bytes. Rows are shuffled once, so that a source sorted by class trains well.
 */
final class PackWriter {
  /** Bytes of records that one task sorts and writes. */
  private static final long FILE_BYTES = 32L << 20;

  /** Most bytes of Java objects that one task sorts. */
  private static final long MOST_SORTED_HERE = 32L << 20;

  /** What a record's row takes on Java's heap besides its bytes, at most. */
  private static final int ROW_BYTES = 200;

  /** That many partitions are encoded one after the other by the task that sorts them. */
  private static final int MOST_PARTITIONS_OF_A_TASK = 4;

  private final SparkSession session;
  private final Encoding encoding;
  private final List<SourceTable> tables;
  private final List<Splitter> splitters;

  /** The i-th splitter belongs to the i-th table. */
  PackWriter(
      SparkSession session, Encoding encoding, List<SourceTable> tables, List<Splitter> splitters) {
    this.session = session;
    this.encoding = encoding;
    this.tables = tables;
    this.splitters = splitters;
  }

  /**
   * Writes the rows of all sources to a folder.
   *
   * @throws io.evenstep.model.DataException naming a file that can no longer be read
   */
  Map<Split, PackSplit> write(long rows, Path folder) {
    return splits(
        rows,
        records ->
            BlockFiles.write(records, encoding.recordBytes(), BlockWriter.BLOCK_BYTES, folder));
  }

  /** The result of {@link #write}, with the checksums of the rows. Writes nothing. */
  Map<Split, PackSplit> measure(long rows) {
    return splits(
        rows,
        records -> BlockFiles.measure(records, encoding.recordBytes(), BlockWriter.BLOCK_BYTES));
  }

  private Map<Split, PackSplit> splits(long rows, Function<JavaRDD<Row>, BlockFiles> work) {
    String names = tables.stream().map(SourceTable::name).collect(Collectors.joining(", "));
    BlockFiles files = ReadFailure.translated(names, () -> work.apply(mixed(rows)));
    Map<Split, PackSplit> splits = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      splits.put(split, files.split(split));
    }
    return splits;
  }

  private JavaRDD<Row> mixed(long rows) {
    JavaRDD<Row> records = encode(tables.get(0), splitters.get(0));
    for (int i = 1; i < tables.size(); i++) {
      records = records.union(encode(tables.get(i), splitters.get(i)));
    }
    boolean few =
        rows <= MOST_SORTED_HERE / (encoding.recordBytes() + ROW_BYTES)
            && records.getNumPartitions() <= MOST_PARTITIONS_OF_A_TASK;
    return few
        ? sortedByOneTask(records)
        : sortedBySpark(session, records, files(rows, encoding.recordBytes()));
  }

  private static int files(long rows, int recordBytes) {
    return Math.toIntExact(Math.multiplyExact(rows, recordBytes) / FILE_BYTES + 1);
  }

  private JavaRDD<Row> encode(SourceTable table, Splitter splitter) {
    return PartitionEncoder.of(table, splitter, encoding);
  }

  /** Each file has its part of the rows, by place. */
  static JavaRDD<Row> sortedBySpark(SparkSession session, JavaRDD<Row> records, int files) {
    return session
        .createDataFrame(records, PartitionEncoder.SCHEMA)
        .repartition(files, col("place"))
        .sortWithinPartitions(col("split"), col("place"), col("row"))
        .toJavaRDD();
  }

  /**
   * Few rows are sorted as Java objects. Spark's sort would take a second for them: it plans a
   * query, and generates and compiles Java code.
   */
  static JavaRDD<Row> sortedByOneTask(JavaRDD<Row> records) {
    return records.coalesce(1).mapPartitions(PackWriter::sorted, true);
  }

  private static Iterator<Row> sorted(Iterator<Row> records) {
    List<Row> all = new ArrayList<>();
    records.forEachRemaining(all::add);
    all.sort(
        Comparator.<Row>comparingInt(row -> row.getInt(0))
            .thenComparingLong(row -> row.getLong(1))
            .thenComparingLong(row -> row.getLong(2)));
    return all.iterator();
  }
}
