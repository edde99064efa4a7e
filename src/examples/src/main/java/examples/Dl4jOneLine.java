package examples;

import io.evenstep.driver.dl4j.EvenstepTrainingMaster;
import io.evenstep.model.NativeRuntime;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A program on DL4J's Spark layer. Only the training master is Evenstep's. */
public final class Dl4jOneLine {
  private Dl4jOneLine() {}

  /** Takes the path of digits.csv.gz. */
  public static void main(String[] arguments) {
    NativeRuntime.prepare(); // before the program's first use of ND4J
    SparkConf settings = new SparkConf().setAppName("digits").setMaster("local[2]");
    try (JavaSparkContext sc = new JavaSparkContext(settings)) {
      JavaRDD<DataSet>[] parts =
          sc.textFile(arguments[0]).map(Dl4jOneLine::row).randomSplit(new double[] {0.8, 0.2}, 1);

      // was: new ParameterAveragingTrainingMaster.Builder(1)
      TrainingMaster<?, ?> master =
          new EvenstepTrainingMaster.Builder().batchSizePerWorker(32).workers(2).build();

      SparkDl4jMultiLayer net = new SparkDl4jMultiLayer(sc, network(), master);
      for (int epoch = 0; epoch < 10; epoch++) {
        net.fit(parts[0]);
      }
      Evaluation evaluation = net.evaluate(parts[1]);
      System.out.printf("accuracy %.3f%n", evaluation.accuracy());
    }
  }

  /** 64 pixels from 0 to 16, then the digit. */
  private static DataSet row(String line) {
    double[] numbers = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
    float[][] features = new float[1][64];
    float[][] label = new float[1][10];
    for (int i = 0; i < 64; i++) {
      features[0][i] = (float) (numbers[i] / 16);
    }
    label[0][(int) numbers[64]] = 1;
    return new DataSet(Nd4j.createFromArray(features), Nd4j.createFromArray(label));
  }

  private static MultiLayerConfiguration network() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(0.005))
        .list()
        .layer(new DenseLayer.Builder().nOut(64).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.feedForward(64))
        .build();
  }
}
