package io.evenstep.driver.data.pack;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.data.spec.DataSpec;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Seconds to pack a table, and for Spark to read it and write it in the same format. */
public final class PackBench {
  private static final String JOB =
      """
      data:
        format: %s
        path: rows
        label: f
        features: [a, b, c, d, {column: e, type: categorical}]
        normalize: standard
        test: {fraction: 0.1}
      model: {name: mlp}
      """;

  private PackBench() {}

  /**
   * Runs the benchmark and prints each round.
   *
   * @param args rows, cores, rounds, and the format: parquet or csv
   */
  public static void main(String[] args) throws IOException {
    long rows = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    int cores = args.length > 1 ? Integer.parseInt(args[1]) : 2;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 4;
    String format = args.length > 3 ? args[3] : "parquet";
    Path folder = Files.createTempDirectory("pack-bench");
    SparkSession spark = SparkTest.session(cores);
    spark
        .range(0, rows, 1, 2 * cores)
        .selectExpr(
            "cast(rand(1) * 1000 as int) as a",
            "randn(2) as b",
            "rand(3) as c",
            "id % 97 as d",
            "concat('kind ', id % 11) as e",
            "cast(rand(4) < 0.3 as int) as f")
        .write()
        .option("header", true)
        .format(format)
        .save(folder.resolve("rows").toString());
    DataSpec spec =
        JobConfig.parse(
                JOB.formatted(format), "job", folder.toString(), Overrides.of(Map.of(), Map.of()))
            .data();
    double[] ratios = new double[rounds];
    PrintStream out = System.out;
    for (int round = 0; round < rounds; round++) {
      double plain = seconds(() -> copy(spark, format, folder));
      Path packs = folder.resolve("packs-" + round);
      double packed = seconds(() -> Packs.pack(spark, spec, packs));
      ratios[round] = packed / plain;
      out.printf(
          Locale.ROOT,
          "round %d: Spark %.2f s, pack %.2f s, ratio %.2f%n",
          round + 1,
          plain,
          packed,
          ratios[round]);
    }
    Arrays.sort(ratios);
    out.printf(Locale.ROOT, "median ratio %.2f%n", ratios[rounds / 2]);
    spark.stop();
  }

  private static void copy(SparkSession spark, String format, Path folder) {
    spark
        .read()
        .option("header", true)
        .format(format)
        .load(folder.resolve("rows").toString())
        .write()
        .mode(SaveMode.Overwrite)
        .format(format)
        .save(folder.resolve("copy").toString());
  }

  private static double seconds(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e9;
  }
}
