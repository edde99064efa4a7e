package io.evenstep.driver.cluster;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** A job that sums a range on two executors, prints which ones, and exits with the given code. */
public final class SumJob {
  private SumJob() {}

  /** First argument: exit code. */
  public static void main(String[] args) {
    long sum;
    long processes;
    try (SparkSession session = SparkSession.builder().appName("sum").getOrCreate()) {
      List<Long> numbers = LongStream.rangeClosed(1, 100).boxed().toList();
      MapPartitionsFunction<Long, String> partial =
          rows -> {
            long total = 0;
            while (rows.hasNext()) {
              total += rows.next();
            }
            return List.of(ProcessHandle.current().pid() + " " + total).iterator();
          };
      List<String[]> partials =
          session
              .createDataset(numbers, Encoders.LONG())
              .repartition(2)
              .mapPartitions(partial, Encoders.STRING())
              .collectAsList()
              .stream()
              .map(line -> line.split(" "))
              .toList();
      sum = partials.stream().mapToLong(parts -> Long.parseLong(parts[1])).sum();
      processes = partials.stream().map(parts -> parts[0]).distinct().count();
    }
    System.out.println("sum " + sum + " by " + processes);
    System.exit(Integer.parseInt(args[0]));
  }
}
