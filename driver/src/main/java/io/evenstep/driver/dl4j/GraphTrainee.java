package io.evenstep.driver.dl4j;

import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A graph of layers. */
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
    return graph().getConfiguration().toJson();
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
