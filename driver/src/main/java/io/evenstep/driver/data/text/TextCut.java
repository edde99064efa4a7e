package io.evenstep.driver.data.text;

import io.evenstep.driver.data.file.PinnedSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.SplittableCompressionCodec;
import org.apache.spark.sql.SparkSession;

/**
 * Splits text files into slices and groups these into tasks, like Spark's {@code FilePartition}:
 * the longest slices first, until a task has enough bytes.
 */
final class TextCut {
  private final long most;
  private final long openCost;
  private final List<List<TextSlice>> partitions = new ArrayList<>();
  private List<TextSlice> current = new ArrayList<>();
  private long currentBytes;

  private TextCut(long most, long openCost) {
    this.most = most;
    this.openCost = openCost;
  }

  /**
   * The slices of each task.
   *
   * @param session determines the length of slices; from {@link PinnedSession#of}
   * @param whole whether a file is one slice, whatever its length
   */
  static List<List<TextSlice>> of(SparkSession session, List<FileStatus> files, boolean whole) {
    return of(
        session.sparkContext().hadoopConfiguration(),
        files,
        whole,
        number(session, "spark.sql.files.maxPartitionBytes"),
        number(session, "spark.sql.files.openCostInBytes"));
  }

  /** The slices of each task without a session, as {@link PinnedSession} cuts them. */
  static List<List<TextSlice>> of(Configuration conf, List<FileStatus> files, boolean whole) {
    return of(conf, files, whole, PinnedSession.PARTITION_BYTES, PinnedSession.OPEN_COST_IN_BYTES);
  }

  private static List<List<TextSlice>> of(
      Configuration conf,
      List<FileStatus> files,
      boolean whole,
      long partitionBytes,
      long openCost) {
    long all = files.stream().mapToLong(file -> file.getLen() + openCost).sum();
    long most = Math.min(partitionBytes, Math.max(openCost, all));
    List<TextSlice> slices = new ArrayList<>();
    for (FileStatus file : files) {
      long length = whole || !isCuttable(conf, file) ? file.getLen() : most;
      for (long start = 0; start < file.getLen(); start += length) {
        slices.add(TextSlice.of(file, start, Math.min(length, file.getLen() - start)));
      }
    }
    slices.sort(Comparator.comparingLong(TextSlice::length).reversed());
    TextCut cut = new TextCut(most, openCost);
    slices.forEach(cut::add);
    cut.close();
    return cut.partitions;
  }

  private static long number(SparkSession session, String setting) {
    return Long.parseLong(session.conf().get(setting));
  }

  private static boolean isCuttable(Configuration conf, FileStatus file) {
    CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(file.getPath());
    return codec == null || codec instanceof SplittableCompressionCodec;
  }

  private void add(TextSlice slice) {
    if (currentBytes + slice.length() > most) {
      close();
    }
    currentBytes += slice.length() + openCost;
    current.add(slice);
  }

  private void close() {
    if (!current.isEmpty()) {
      partitions.add(current);
    }
    current = new ArrayList<>();
    currentBytes = 0;
  }
}
