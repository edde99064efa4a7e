package examples;

import io.evenstep.driver.ml.EvenstepClassifier;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A network as a stage of a Spark ML pipeline: rows of 64 pixels and a digit. */
public final class DigitsEstimator {
  private DigitsEstimator() {}

  /** Takes the path of digits.csv.gz. */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().appName("digits").master("local[2]").getOrCreate();
    Dataset<Row>[] parts =
        spark
            .read()
            .option("inferSchema", true)
            .csv(arguments[0]) // columns _c0 to _c63 are pixels, _c64 is the digit
            .withColumnRenamed("_c64", "label")
            .randomSplit(new double[] {0.8, 0.2}, 1);
    String[] pixels = IntStream.range(0, 64).mapToObj(i -> "_c" + i).toArray(String[]::new);

    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new VectorAssembler().setInputCols(pixels).setOutputCol("features"),
                  new EvenstepClassifier()
                      .setHidden(64)
                      .setEpochs(15)
                      .setBatch(64)
                      .setLearningRate(0.005)
                      .setNormalize("scale")
                })
            .fit(parts[0]);

    double accuracy =
        new MulticlassClassificationEvaluator()
            .setMetricName("accuracy")
            .evaluate(model.transform(parts[1]));
    System.out.printf("accuracy %.3f%n", accuracy);
    spark.stop();
  }
}
