package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.ml.EvenstepClassificationModel;
import io.evenstep.driver.ml.EvenstepClassifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks that distinguish two classes by one probability, as is usual in Keras. */
class OneProbabilityTest {
  private static final String JOB =
      """
      name: small
      data: {format: csv, path: rows.csv, test: {fraction: 0.25}, features: [x, y]}
      model: {json: net.json}
      training: {batch: 16, epochs: 20, workers: 2, shards: 4, optimizer: {name: adam, learningRate: 0.1}}
      gate: {metric: test.accuracy, atLeast: 0.99}
      """;

  @TempDir private Path folder;

  @Test
  void trainEvaluateAndPredict() {
    Workbench bench = bench(Activation.SIGMOID);
    bench.train().well();
    Map<String, Double> metrics = new TreeMap<>(bench.report().metrics());
    assertThat(metrics).containsKeys("test.auc", "test.f1", "test.logLoss");
    assertThat(bench.type("evaluate", bench.run("").toString()).well().out())
        .contains("test.accuracy    1.0000");

    bench
        .type(
            "predict",
            bench.run("").toString(),
            "--input",
            bench.path("rows.csv").toString(),
            "--output",
            bench.path("out").toString())
        .well();
    Dataset<Row> predictions = SparkTest.session().read().parquet(bench.path("out").toString());
    for (Row row : predictions.collectAsList()) {
      List<Double> probability = row.getList(row.fieldIndex("probability"));
      assertThat(probability).hasSize(2);
      assertThat(probability.get(0) + probability.get(1)).isCloseTo(1, offset(1e-6));
      assertThat(row.<String>getAs("prediction")).isEqualTo(row.<String>getAs("label"));
    }
  }

  @Test
  void areFittedBySparkMl() {
    Workbench bench = bench(Activation.SIGMOID);
    Dataset<Row> rows =
        SparkTest.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(bench.path("rows.csv").toString())
            .selectExpr("x", "y", "if(label = 'left', 0D, 1D) as label");
    Dataset<Row> vectors =
        new VectorAssembler()
            .setInputCols(new String[] {"x", "y"})
            .setOutputCol("features")
            .transform(rows);
    EvenstepClassifier classifier = new EvenstepClassifier();
    classifier.setting("model.json", bench.path("net.json").toString());
    classifier.setting("training.epochs", 60);
    classifier.setting("training.batch", 16);
    classifier.setting("optimizer", "adam").setting("learningRate", 0.1);
    EvenstepClassificationModel model = classifier.fit(vectors);

    int right = 0;
    for (Row row : model.transform(vectors).collectAsList()) {
      assertThat(row.<Vector>getAs("probability").size()).isEqualTo(2);
      right += row.<Double>getAs("prediction").equals(row.<Double>getAs("label")) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(50).isLessThanOrEqualTo(64);
  }

  @Test
  void areNotThoseWhoseNumberIsNoProbability() {
    bench(Activation.TANH)
        .train()
        .failed(
            78,
            "Cannot train the network on these data: the model's outputs are [[1]], but the data's"
                + " are [[2]]");
  }

  private Workbench bench(Activation activation) {
    MultiLayerConfiguration network =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .list(
                new OutputLayer.Builder(
                        activation == Activation.SIGMOID ? LossFunction.XENT : LossFunction.HINGE)
                    .nIn(2)
                    .nOut(1)
                    .activation(activation)
                    .build())
            .build();
    Workbench bench = Workbench.in(folder).job(JOB);
    bench.write("net.json", network.toJson());
    return bench;
  }
}
