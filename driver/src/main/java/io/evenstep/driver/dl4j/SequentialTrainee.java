package io.evenstep.driver.dl4j;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@code MultiLayerNetwork}. */
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
    return inFloats(false).getLayerWiseConfigurations().toJson();
  }

  @Override
  public MultiLayerNetwork inFloats(boolean newState) {
    MultiLayerNetwork same = network();
    MultiLayerNetwork floats = isFloat() ? same : same.convertDataType(DataType.FLOAT);
    if (newState) {
      floats = floats == same ? same.clone() : floats;
      floats.setUpdater(null);
    }
    return floats;
  }

  @Override
  public int inputs() {
    return 1;
  }

  @Override
  public List<Optional<Layer>> outputLayers() {
    return List.of(Optional.of(network().getOutputLayer().conf().getLayer()));
  }

  @Override
  public Optional<Layer> firstLayer() {
    MultiLayerConfiguration configuration = network().getLayerWiseConfigurations();
    return configuration.getInputPreProcess(0) == null
        ? Optional.of(configuration.getConf(0).getLayer())
        : Optional.empty();
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
