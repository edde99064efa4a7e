package io.evenstep.model.engine.step;

import io.evenstep.model.engine.step.kernel.KernelSpace;
import io.evenstep.model.engine.step.op.Assembly;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** Compiles a network into a program, once for each shape of shard. */
public final class StepCompiler {
  private StepCompiler() {}

  /**
   * Why a network cannot be compiled, in words such as {@code layer 2 (DenseLayer): weight noise};
   * empty when it can.
   */
  public static Optional<String> uncovered(MultiLayerConfiguration network) {
    return SequenceCompiler.uncovered(network);
  }

  /** Why a graph cannot be compiled, in words that name a vertex; empty when it can. */
  public static Optional<String> uncovered(ComputationGraphConfiguration network) {
    return GraphCompiler.uncovered(network);
  }

  /** Why shards of a shape cannot be computed by a covered network; empty when they can. */
  public static Optional<String> uncovered(MultiLayerConfiguration network, ShardShape shape) {
    return shape.featureMasks().contains(true)
        ? SequenceCompiler.uncoveredMasks(network)
        : Optional.empty();
  }

  /** Why shards of a shape cannot be computed by a covered graph; empty when they can. */
  public static Optional<String> uncovered(
      ComputationGraphConfiguration network, ShardShape shape) {
    return shape.featureMasks().contains(true)
        ? Optional.of("masks of inputs of a graph")
        : Optional.empty();
  }

  /**
   * A program that computes gradients.
   *
   * @param network with nothing {@link #uncovered}, as the shape
   */
  public static StepProgram forTraining(MultiLayerConfiguration network, ShardShape shape) {
    requireCovered(uncovered(network, shape));
    KernelSpace space = new KernelSpace();
    return new SequenceCompiler(network, shape, Assembly.forTraining(space)).compile(space);
  }

  /**
   * A program that computes gradients.
   *
   * @param network with nothing {@link #uncovered}, as the shape
   */
  public static StepProgram forTraining(ComputationGraphConfiguration network, ShardShape shape) {
    requireCovered(uncovered(network, shape));
    KernelSpace space = new KernelSpace();
    return new GraphCompiler(network, shape, Assembly.forTraining(space)).compile(space);
  }

  /**
   * A program that computes outputs, and losses where there are labels.
   *
   * @param network with nothing {@link #uncovered}, as the shape
   */
  public static StepProgram forInference(MultiLayerConfiguration network, ShardShape shape) {
    requireCovered(uncovered(network, shape));
    KernelSpace space = new KernelSpace();
    return new SequenceCompiler(network, shape, Assembly.forInference(space)).compile(space);
  }

  /**
   * A program that computes outputs, and losses where there are labels.
   *
   * @param network with nothing {@link #uncovered}, as the shape
   */
  public static StepProgram forInference(ComputationGraphConfiguration network, ShardShape shape) {
    requireCovered(uncovered(network, shape));
    KernelSpace space = new KernelSpace();
    return new GraphCompiler(network, shape, Assembly.forInference(space)).compile(space);
  }

  private static void requireCovered(Optional<String> uncovered) {
    uncovered.ifPresent(
        reason -> {
          throw new IllegalArgumentException("Cannot compile: " + reason);
        });
  }
}
