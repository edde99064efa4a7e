package io.evenstep.model.engine.step;

import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.step.kernel.KernelSpace;
import io.evenstep.model.engine.step.op.Assembly;
import java.util.function.BiFunction;
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
 * @param forInputSlopes makes programs that compute the slopes of the inputs in inference
 * @param isCutAlongTime whether it is trained on segments of sequences
 */
record ProgramSource(
    Function<ShardShape, StepProgram> forTraining,
    Function<ShardShape, StepProgram> forInference,
    Function<ShardShape, StepProgram> forInputSlopes,
    boolean isCutAlongTime) {

  /** The programs of DL4J's list of layers, or of its graph. */
  static ProgramSource of(Model network, Objective objective) {
    if (network instanceof ComputationGraph graph) {
      ComputationGraphConfiguration configuration = graph.getConfiguration();
      return of(
          objective,
          configuration.getBackpropType(),
          (shape, use) -> StepCompiler.compile(configuration, shape, use));
    }
    MultiLayerConfiguration configuration =
        ((MultiLayerNetwork) network).getLayerWiseConfigurations();
    return of(
        objective,
        configuration.getBackpropType(),
        (shape, use) -> StepCompiler.compile(configuration, shape, use));
  }

  private static ProgramSource of(
      Objective objective,
      BackpropType type,
      BiFunction<ShardShape, Function<KernelSpace, Assembly>, StepProgram> compiler) {
    Function<KernelSpace, Assembly> training =
        objective.attack().isNone()
            ? space -> Assembly.forTraining(space, objective.precision())
            : space -> Assembly.forAttackedTraining(space, objective.precision());
    return new ProgramSource(
        shape -> compiler.apply(shape, training),
        shape -> compiler.apply(shape, Assembly::forInference),
        shape -> compiler.apply(shape, Assembly::forInputSlopes),
        type == BackpropType.TruncatedBPTT);
  }
}
