package io.evenstep.driver.ml;

import com.sun.management.OperatingSystemMXBean;
import io.evenstep.driver.SparkTest;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows per second through a model's {@code transform}, compared with a single-threaded loop over
 * the same network: scoring's rate as a share of the loop's rate times the number of cores. Beside
 * it, the rate at which Spark moves the same rows through a stage that only copies them.
 */
public final class ScoringBench {
  private static final int FEATURES = 64;
  private static final int BATCH_ROWS = 256;
  private static final int WARM_UPS = 4;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final int rows;
  private final int cores;
  private final EvenstepClassificationModel model;
  private final Dataset<Row> data;
  private final PrintStream out;

  private ScoringBench(int rows, int cores, int[] hidden, PrintStream out) {
    this.rows = rows;
    this.cores = cores;
    this.out = out;
    SparkSession spark = SparkTest.session(cores);
    this.data = data(spark, rows, cores * 4).persist(StorageLevel.MEMORY_ONLY());
    long unused = data.count();
    EvenstepClassifier classifier =
        new EvenstepClassifier().setHidden(hidden).setEpochs(1).setBatch(128);
    this.model = classifier.fit(data(spark, 1024, 2));
  }

  /**
   * Runs the benchmark and prints each round.
   *
   * @param args rows, cores, rounds and the units of each hidden layer
   */
  public static void main(String... args) {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int cores =
        args.length > 1 ? Integer.parseInt(args[1]) : Runtime.getRuntime().availableProcessors();
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    int[] hidden =
        args.length > 3
            ? Arrays.stream(args).skip(3).mapToInt(Integer::parseInt).toArray()
            : new int[] {512, 256};
    new ScoringBench(rows, cores, hidden, System.out).run(rounds);
    SparkTest.stop();
  }

  private static Dataset<Row> data(SparkSession spark, long rows, int partitions) {
    MapFunction<Long, Row> make =
        id -> {
          double[] numbers = new double[FEATURES];
          for (int i = 0; i < FEATURES; i++) {
            numbers[i] = ((id * 31 + i * 17) % 101) / 101.0;
          }
          return RowFactory.create(id.intValue(), Vectors.dense(numbers), id % 10.0, false, 1.0);
        };
    return spark.range(0, rows, 1, partitions).map(make, Encoders.row(MlData.SCHEMA));
  }

  private void run(int rounds) {
    out.printf(
        "%,d rows of %d numbers, %d cores, %,d parameters, load %.1f%n",
        rows, FEATURES, cores, parameters(), SYSTEM.getSystemLoadAverage());
    Sample unused = loop(rows / 8);
    for (int i = 0; i < WARM_UPS; i++) { // until Java has compiled the code that scores a row
      unused = transform();
      unused = copy();
    }
    for (int round = 1; round <= rounds; round++) {
      Sample before = loop(rows / 4);
      Sample spark = transform();
      Sample copy = copy();
      Sample after = loop(rows / 4);
      Sample loop = before.with(after);
      out.printf(
          Locale.ROOT,
          "round %d: loop %,.0f rows/s, transform %,.0f rows/s, copy alone %,.0f rows/s, ratio %.2f"
              + " (by processor time %.2f), load %.1f%n",
          round,
          loop.rate(),
          spark.rate(),
          copy.rate(),
          spark.rate() / (loop.rate() * cores),
          spark.cpuRate() / loop.cpuRate(),
          SYSTEM.getSystemLoadAverage());
    }
  }

  /** The time for some rows. */
  private record Sample(long rows, double seconds, double cpuSeconds) {
    Sample with(Sample other) {
      return new Sample(rows + other.rows, seconds + other.seconds, cpuSeconds + other.cpuSeconds);
    }

    double rate() {
      return rows / seconds;
    }

    double cpuRate() {
      return rows / cpuSeconds;
    }
  }

  private static Sample sample(LongSupplier work) {
    long cpu = SYSTEM.getProcessCpuTime();
    long began = System.nanoTime();
    long done = work.getAsLong();
    return new Sample(
        done, (System.nanoTime() - began) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
  }

  private Sample transform() {
    return sample(
        () -> {
          model.transform(data).write().format("noop").mode("overwrite").save();
          return rows;
        });
  }

  /** Spark's own share: the rows go to Java objects and back, unchanged. */
  private Sample copy() {
    return sample(
        () -> {
          data.map((MapFunction<Row, Row>) row -> row, Encoders.row(MlData.SCHEMA))
              .write()
              .format("noop")
              .mode("overwrite")
              .save();
          return rows;
        });
  }

  private Sample loop(int most) {
    NativeRuntime.oneThread();
    Network network = network();
    INDArray features =
        Nd4j.rand(BATCH_ROWS, FEATURES).castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT);
    MiniBatch batch = new MiniBatch(List.of(features), List.of(), List.of(), List.of(), BATCH_ROWS);
    return sample(
        () -> {
          long done = 0;
          double sum = 0;
          while (done < most) {
            float[] outputs = network.predict(batch).get(0).data().asFloat();
            sum += outputs[0];
            done += BATCH_ROWS;
          }
          return sum < 0 ? 0 : done;
        });
  }

  private Network network() {
    return Networks.restore(
        model.network().model().zip(), Clipping.NONE, model.network().model().allowed());
  }

  private long parameters() {
    return network().parameters().length();
  }
}
