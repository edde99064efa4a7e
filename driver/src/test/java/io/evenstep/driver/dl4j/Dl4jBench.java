package io.evenstep.driver.dl4j;

import static java.lang.management.ManagementFactory.getOperatingSystemMXBean;

import io.evenstep.driver.SparkTest;
import io.evenstep.model.NativeRuntime;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The same fits of the same network on the same examples, alternating between DL4J's own training
 * master and ours. Prints seconds, with the ratio to ours in brackets, examples per second, and the
 * final loss.
 */
public final class Dl4jBench {
  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final int BATCH = 64; // rows of a worker in a step, and of a DataSet

  private final JavaSparkContext spark;
  private final int rows;
  private final List<DataSet> batches;
  private final JavaRDD<DataSet> examples;
  private final PrintStream out;

  private Dl4jBench(int rows, int workers, PrintStream out) {
    this.spark = JavaSparkContext.fromSparkContext(SparkTest.session(workers).sparkContext());
    this.rows = rows;
    this.batches = batches(rows / BATCH);
    this.examples = spark.parallelize(batches, workers).cache();
    this.out = out;
  }

  /**
   * Runs the benchmark and prints each round.
   *
   * @param args rounds, rows of a fit and workers
   */
  public static void main(String... args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int rows = args.length > 1 ? Integer.parseInt(args[1]) : 8192;
    int workers =
        args.length > 2 ? Integer.parseInt(args[2]) : Runtime.getRuntime().availableProcessors();
    NativeRuntime.prepare();
    new Dl4jBench(rows, workers, System.out).run(rounds, workers);
    SparkTest.stop();
  }

  private static TrainingMaster<?, ?> averaging(int workers, int steps) {
    return new ParameterAveragingTrainingMaster.Builder(workers, BATCH)
        .batchSizePerWorker(BATCH)
        .averagingFrequency(steps)
        .build();
  }

  private void run(int rounds, int workers) {
    List<Contender> contenders =
        List.of(
            new Contender("DL4J, averaging every step", averaging(workers, 1)),
            new Contender("DL4J, averaging every 5", averaging(workers, 5)),
            new Contender(
                "Evenstep, averaging every 5",
                new EvenstepTrainingMaster.Builder(BATCH)
                    .workers(workers)
                    .averagingFrequency(5)
                    .build()),
            new Contender(
                "Evenstep, all-reduce",
                new EvenstepTrainingMaster.Builder(BATCH).workers(workers).build()));
    out.printf(
        Locale.ROOT,
        "%,d rows a fit, %d workers of %d rows in a step, %,d parameters, load %.1f%n",
        rows,
        workers,
        BATCH,
        contenders.get(0).net.getNetwork().numParams(),
        load());
    contenders.forEach(Contender::fit); // for the JIT compiler, and for data read only once
    contenders.forEach(Contender::forgetTime);
    for (int round = 1; round <= rounds; round++) {
      round(round, contenders);
    }
    summarize(contenders);
  }

  private void round(int round, List<Contender> contenders) {
    List<Double> seconds = contenders.stream().map(Contender::fit).toList();
    double ours = seconds.get(seconds.size() - 1);
    String times =
        seconds.stream()
            .map(each -> String.format(Locale.ROOT, "%.2f s (%.2f)", each, each / ours))
            .collect(Collectors.joining(", "));
    out.printf(Locale.ROOT, "round %d: %s, load %.1f%n", round, times, load());
  }

  private void summarize(List<Contender> contenders) {
    double ours = contenders.get(contenders.size() - 1).median();
    INDArray features = Nd4j.vstack(batches.stream().map(DataSet::getFeatures).toList());
    INDArray labels = Nd4j.vstack(batches.stream().map(DataSet::getLabels).toList());
    DataSet all = new DataSet(features, labels);
    for (Contender each : contenders) {
      out.printf(
          Locale.ROOT,
          "%-30s median %6.2f s a fit (%.2f), %,6.0f examples/s; loss %.4f after %d epochs%n",
          each.name,
          each.median(),
          each.median() / ours,
          rows / each.median(),
          each.net.getNetwork().score(all),
          each.net.getNetwork().getEpochCount());
    }
  }

  private static double load() {
    return getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** One way to train, with its own network, which it trains further with each fit. */
  private final class Contender {
    final String name;
    final SparkDl4jMultiLayer net;
    private final List<Double> seconds = new ArrayList<>(); // one per fit

    Contender(String name, TrainingMaster<?, ?> master) {
      this.name = name;
      this.net = new SparkDl4jMultiLayer(spark, mlp(), master);
    }

    double fit() {
      long began = System.nanoTime();
      net.fit(examples);
      seconds.add((System.nanoTime() - began) / 1e9);
      return seconds.get(seconds.size() - 1);
    }

    void forgetTime() {
      seconds.clear();
    }

    double median() {
      return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }
  }

  private static MultiLayerConfiguration mlp() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(1e-3))
        .activation(Activation.RELU)
        .list()
        .layer(new DenseLayer.Builder().nIn(INPUTS).nOut(512).build())
        .layer(new DenseLayer.Builder().nIn(512).nOut(256).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(256)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  /** Noise around a separate centre for each class. */
  private static List<DataSet> batches(int count) {
    Random random = new Random(1);
    float[][] centres = new float[CLASSES][];
    for (int i = 0; i < CLASSES; i++) {
      centres[i] = numbers(random, new float[INPUTS], 0.15f);
    }
    List<DataSet> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[][] features = new float[BATCH][];
      float[][] labels = new float[BATCH][CLASSES];
      for (int row = 0; row < BATCH; row++) {
        int label = random.nextInt(CLASSES);
        features[row] = numbers(random, centres[label], 1);
        labels[row][label] = 1;
      }
      batches.add(new DataSet(Nd4j.createFromArray(features), Nd4j.createFromArray(labels)));
    }
    return batches;
  }

  private static float[] numbers(Random random, float[] around, float spread) {
    float[] numbers = new float[around.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = around[i] + spread * (float) random.nextGaussian();
    }
    return numbers;
  }
}
