package io.evenstep.model.engine.step;

import io.evenstep.model.engine.Precision;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Compiles one network for any shape of shard.
 *
 * @param forTraining makes programs that compute gradients
 * @param forInference makes programs that compute outputs and losses
 * @param isCutAlongTime whether it is trained on segments of sequences
 */
record ProgramSource(
    Function<ShardShape, StepProgram> forTraining,
    Function<ShardShape, StepProgram> forInference,
    boolean isCutAlongTime) {

  /**
   * The programs of DL4J's list of layers, or of its graph.
   *
   * @param precision of the products of a training step
   */
  static ProgramSource of(Model network, Precision precision) {
    if (network instanceof ComputationGraph graph) {
      ComputationGraphConfiguration configuration = graph.getConfiguration();
      return new ProgramSource(
          shape -> StepCompiler.forTraining(configuration, shape, precision),
          shape -> StepCompiler.forInference(configuration, shape),
          configuration.getBackpropType() == BackpropType.TruncatedBPTT);
    }
    MultiLayerConfiguration configuration =
        ((MultiLayerNetwork) network).getLayerWiseConfigurations();
    return new ProgramSource(
        shape -> StepCompiler.forTraining(configuration, shape, precision),
        shape -> StepCompiler.forInference(configuration, shape),
        configuration.getBackpropType() == BackpropType.TruncatedBPTT);
  }
}
