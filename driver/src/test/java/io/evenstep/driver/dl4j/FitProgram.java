package io.evenstep.driver.dl4j;

import io.evenstep.model.network.dl4j.FlatArrays;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A user's program on DL4J's Spark layer with our training master: two fits of 20 steps, and one by
 * truncated backpropagation through time of 12.
 */
public final class FitProgram {
  private static final int ROWS = 320;
  private static final int GLOBAL_BATCH = 16;
  private static final int SEQUENCES = 64;
  private static final int SEGMENT = 2;

  private FitProgram() {}

  /** First argument: a folder that driver and workers can access. Second: number of workers. */
  public static void main(String[] args) {
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("fits"))) {
      System.out.println("network " + fits(spark, args[0], Integer.parseInt(args[1])));
    }
    System.exit(0);
  }

  /** The trained network: its counts, and the hash of its parameters and the optimizer's state. */
  public static String fits(JavaSparkContext spark, String folder, int workers) {
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), master(folder, workers));
    JavaRDD<DataSet> rows = spark.parallelize(Examples.rows(ROWS), 3);
    net.fit(rows);
    net.fit(rows);
    SparkDl4jMultiLayer recurrent =
        new SparkDl4jMultiLayer(
            spark,
            SmallNetworks.rnn()
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(SEGMENT)
                .build(),
            master(folder, workers));
    recurrent.fit(spark.parallelize(Examples.sequences(SEQUENCES, row -> true), 3));
    return "%d steps, %d epochs, %s, %s, %s"
        .formatted(
            net.getNetwork().getIterationCount(),
            net.getNetwork().getEpochCount(),
            FlatArrays.sha256(net.getNetwork().params()),
            FlatArrays.sha256(net.getNetwork().getUpdater().getStateViewArray()),
            FlatArrays.sha256(recurrent.getNetwork().params()));
  }

  private static EvenstepTrainingMaster master(String folder, int workers) {
    return new EvenstepTrainingMaster.Builder(GLOBAL_BATCH / workers)
        .workers(workers)
        .shards(4)
        .exportDirectory(folder)
        .build();
  }
}
