package io.evenstep.driver.cli;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.dl4j.EvenstepTrainingMaster;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Trains jobs of each kind with 1, 2 and 3 workers and prints the hash of each one's parameters:
 * run it before and after a change that must not change results. The hashes are specific to this
 * machine.
 */
final class BitsTable {
  private static final List<Integer> WORKERS = List.of(1, 2, 3);
  private static final Pattern SHA = Pattern.compile("\"parametersSha256\" ?: ?\"([0-9a-f]+)\"");
  private static final String DIGITS =
      """
      name: %s
      data:
        {format: csv, path: %s, header: false, normalize: scale, test: {fraction: 0.2}, %s}
      model: %s
      training: {epochs: 2, batch: 60, optimizer: {name: adam}, %s}
      """;
  private static final String ONE_LABEL = "features: c0..c63, label: c64";
  private static final String MLP = "{name: mlp, hidden: [32], dropout: 0.2}";

  private final Path digits;
  private final Path mnist;
  private final int mnistRows;
  private final String engine;
  private final Path folder = Files.createTempDirectory("bits");

  private BitsTable(Path digits, Path mnist, int mnistRows, String engine) throws IOException {
    this.engine = engine;
    this.digits = digits.toAbsolutePath();
    this.mnist = mnist.toAbsolutePath();
    this.mnistRows = mnistRows;
  }

  /**
   * Arguments: digits.csv.gz, the folder of MNIST, how many of its rows to train on, the engine.
   */
  public static void main(String[] args) throws IOException {
    SparkSession spark =
        SparkSession.builder()
            .master("local[3]")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "ERROR")
            .getOrCreate();
    new BitsTable(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), args[3])
        .print(JavaSparkContext.fromSparkContext(spark.sparkContext()));
    spark.stop();
    System.exit(0);
  }

  private void print(JavaSparkContext spark) throws IOException {
    job("digits", digits("digits", ONE_LABEL, MLP, ""));
    job("lenet", lenet());
    String normed =
        "{layers: [{type: dense, units: 16, id: a}, {type: batchNorm, from: a},"
            + " {type: dropout, rate: 0.3}, {type: dense, units: 16, id: b},"
            + " {type: dense, units: 8, from: [a, b]}]}";
    job("graph", digits("graph", ONE_LABEL, normed, ""));
    String recurrent = "{layers: [{type: lstm, units: 12}]}";
    job("lstm", digits("lstm", "shape: [8, 8], " + ONE_LABEL, recurrent, ""));
    String averaging = "sync: averaging, averaging: {every: 3}";
    job("averaging", digits("averaging", ONE_LABEL, MLP, averaging));
    job("two", digits("two", twoOutputs(), twoHeads(), ""));
    for (int workers : WORKERS) {
      System.out.printf("%-10s %d  %s%n", "fit", workers, fit(spark, workers));
    }
  }

  private static String twoOutputs() {
    return "inputs: [{name: pixels, features: c0..c62}],"
        + " outputs: [{name: digit, label: c64}, {name: last, label: c63, task: regression}]";
  }

  private static String twoHeads() {
    return "{layers: [{type: dense, units: 16, from: pixels, id: a},"
        + " {type: dense, units: 8, from: a, output: digit},"
        + " {type: dense, units: 8, from: a, output: last}]}";
  }

  private String digits(String name, String columns, String model, String training) {
    return DIGITS.formatted(name, digits, columns, model, training);
  }

  private String lenet() throws IOException {
    cut("train-images-idx3-ubyte.gz", 28 * 28, 16);
    cut("train-labels-idx1-ubyte.gz", 1, 8);
    return """
    name: lenet
    data:
      format: idx
      path: train-images-idx3-ubyte.gz
      labels: train-labels-idx1-ubyte.gz
      shape: [1, 28, 28]
      normalize: scale
      test: {fraction: 0.1}
    model: {name: lenet}
    training: {epochs: 1, batch: 128}
    """;
  }

  /** Copies the first rows of an IDX file. */
  private void cut(String name, int rowBytes, int headerBytes) throws IOException {
    try (DataInputStream in =
            new DataInputStream(new GZIPInputStream(Files.newInputStream(mnist.resolve(name))));
        DataOutputStream out =
            new DataOutputStream(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))))) {
      out.writeInt(in.readInt());
      out.writeInt(Math.min(mnistRows, in.readInt()));
      out.write(in.readNBytes(headerBytes - 8));
      out.write(in.readNBytes(mnistRows * rowBytes));
    }
  }

  private void job(String name, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), yaml);
    for (int workers : WORKERS) {
      String run = name + "-" + workers;
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      PrintWriter out = new PrintWriter(said, true, StandardCharsets.UTF_8);
      String[] args = {
        "train",
        file.toString(),
        "--run-id",
        run,
        "--set",
        "training.workers=" + workers,
        "--set",
        "output=" + folder.resolve("runs"),
        "--set",
        "training.engine=" + engine
      };
      int code = Main.run(JobWiring.jobs(), Clock.systemUTC(), new StopRequest(), out, out, args);
      if (code != 0) {
        throw new IllegalStateException(run + ": exit code " + code + ", " + said);
      }
      Matcher sha = SHA.matcher(Files.readString(folder.resolve("runs/" + run + "/result.json")));
      if (!sha.find()) {
        throw new IllegalStateException(run + ": no hash in result.json");
      }
      System.out.printf("%-10s %d  %s%n", name, workers, sha.group(1));
    }
  }

  /** Two fits by truncated backpropagation through time; the second continues from the first. */
  private static String fit(JavaSparkContext spark, int workers) {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder(12 / workers).workers(workers).shards(4).build();
    SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(spark, recurrent(), master);
    net.fit(spark.parallelize(sequences(), 3));
    net.fit(spark.parallelize(sequences(), 3));
    return FlatArrays.sha256(net.getNetwork().params());
  }

  private static MultiLayerConfiguration recurrent() {
    return new NeuralNetConfiguration.Builder()
        .seed(12345)
        .updater(new Adam(0.01))
        .l2(1e-3)
        .list()
        .layer(new LSTM.Builder().nIn(5).nOut(6).activation(Activation.TANH).build())
        .layer(new RnnOutputLayer.Builder().nIn(6).nOut(3).activation(Activation.SOFTMAX).build())
        .backpropType(BackpropType.TruncatedBPTT)
        .tBPTTLength(4)
        .build();
  }

  private static List<DataSet> sequences() {
    Random random = new Random(3);
    List<DataSet> rows = new ArrayList<>();
    for (int row = 0; row < 64; row++) {
      INDArray numbers = Nd4j.create(1, 5, 6);
      INDArray labels = Nd4j.zeros(1, 3, 6);
      for (int i = 0; i < numbers.length(); i++) {
        numbers.putScalar(i, random.nextGaussian());
      }
      for (int step = 0; step < 6; step++) {
        labels.putScalar(new int[] {0, random.nextInt(3), step}, 1);
      }
      rows.add(new DataSet(numbers, labels));
    }
    return rows;
  }
}
