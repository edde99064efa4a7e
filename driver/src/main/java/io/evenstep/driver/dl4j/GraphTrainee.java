package io.evenstep.driver.dl4j;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@code ComputationGraph}. */
record GraphTrainee(SparkComputationGraph wrapper) implements Trainee {
  @Override
  public Model model() {
    return graph();
  }

  private ComputationGraph graph() {
    return wrapper.getNetwork();
  }

  @Override
  public JavaSparkContext spark() {
    return wrapper.getSparkContext();
  }

  @Override
  public String configurationJson() {
    return inFloats(false).getConfiguration().toJson();
  }

  @Override
  public ComputationGraph inFloats(boolean newState) {
    ComputationGraph same = graph();
    ComputationGraph floats = isFloat() ? same : same.convertDataType(DataType.FLOAT);
    if (newState) {
      floats = floats == same ? same.clone() : floats;
      floats.setUpdater(null);
    }
    return floats;
  }

  @Override
  public int inputs() {
    return graph().getNumInputArrays();
  }

  @Override
  public List<Optional<Layer>> outputLayers() {
    ComputationGraphConfiguration configuration = graph().getConfiguration();
    return configuration.getNetworkOutputs().stream()
        .map(configuration.getVertices()::get)
        .map(
            vertex ->
                vertex instanceof LayerVertex layer
                    ? Optional.of(layer)
                    : Optional.<LayerVertex>empty())
        .map(vertex -> vertex.map(layer -> layer.getLayerConf().getLayer()))
        .toList();
  }

  /** Only DL4J knows what an input feeds. */
  @Override
  public Optional<Layer> firstLayer() {
    return Optional.empty();
  }

  @Override
  public @Nullable INDArray updaterState() {
    return graph().getUpdater().getStateViewArray();
  }

  @Override
  public int segmentSteps() {
    ComputationGraphConfiguration configuration = graph().getConfiguration();
    return configuration.getBackpropType() == BackpropType.TruncatedBPTT
        ? configuration.getTbpttFwdLength()
        : 0;
  }

  @Override
  public int iterations() {
    return graph().getConfiguration().getIterationCount();
  }

  @Override
  public void iterations(int count) {
    graph().getConfiguration().setIterationCount(count);
  }

  @Override
  public int epochs() {
    return graph().getConfiguration().getEpochCount();
  }

  @Override
  public void score(double score) {
    graph().setScore(score);
    wrapper.setScore(score);
  }
}
