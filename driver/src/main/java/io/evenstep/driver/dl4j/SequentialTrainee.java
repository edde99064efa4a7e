package io.evenstep.driver.dl4j;

import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers in a row. */
record SequentialTrainee(SparkDl4jMultiLayer wrapper) implements Trainee {
  @Override
  public Model model() {
    return network();
  }

  private MultiLayerNetwork network() {
    return wrapper.getNetwork();
  }

  @Override
  public JavaSparkContext spark() {
    return wrapper.getSparkContext();
  }

  @Override
  public String configurationJson() {
    return network().getLayerWiseConfigurations().toJson();
  }

  @Override
  public @Nullable INDArray updaterState() {
    return network().getUpdater().getStateViewArray();
  }

  @Override
  public int segmentSteps() {
    MultiLayerConfiguration configuration = network().getLayerWiseConfigurations();
    return configuration.getBackpropType() == BackpropType.TruncatedBPTT
        ? configuration.getTbpttFwdLength()
        : 0;
  }

  @Override
  public int iterations() {
    return network().getIterationCount();
  }

  @Override
  public void iterations(int count) {
    network().setIterationCount(count);
  }

  @Override
  public int epochs() {
    return network().getEpochCount();
  }

  @Override
  public void score(double score) {
    network().setScore(score);
    wrapper.setScore(score);
  }
}
