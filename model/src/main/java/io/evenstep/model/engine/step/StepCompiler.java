package io.evenstep.model.engine.step;

import io.evenstep.model.engine.Precision;
import io.evenstep.model.engine.step.kernel.KernelSpace;
import io.evenstep.model.engine.step.layer.LayerCompilers;
import io.evenstep.model.engine.step.op.Assembly;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;

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

  /**
   * Why a covered network cannot take sequences of unequal lengths; empty when it can.
   *
   * @param masked for each input, whether it has a mask; empty for none
   */
  public static Optional<String> uncovered(MultiLayerConfiguration network, List<Boolean> masked) {
    return masked.contains(true) ? SequenceCompiler.uncoveredMasks(network) : Optional.empty();
  }

  /**
   * Why a covered graph cannot take sequences of unequal lengths; empty when it can.
   *
   * @param masked for each input, whether it has a mask; empty for none
   */
  public static Optional<String> uncovered(
      ComputationGraphConfiguration network, List<Boolean> masked) {
    return masked.contains(true) ? GraphCompiler.uncoveredMasks(network, masked) : Optional.empty();
  }

  /** A program that computes gradients, with float32 products. */
  public static StepProgram forTraining(MultiLayerConfiguration network, ShardShape shape) {
    return forTraining(network, shape, Precision.FLOAT32);
  }

  /**
   * A program that computes gradients.
   *
   * @param network with nothing {@link #uncovered}, as the shape
   * @param precision of products
   */
  public static StepProgram forTraining(
      MultiLayerConfiguration network, ShardShape shape, Precision precision) {
    return compile(network, shape, space -> Assembly.forTraining(space, precision));
  }

  /** A program that computes gradients, with float32 products. */
  public static StepProgram forTraining(ComputationGraphConfiguration network, ShardShape shape) {
    return forTraining(network, shape, Precision.FLOAT32);
  }

  /**
   * A program that computes gradients.
   *
   * @param network with nothing {@link #uncovered}, as the shape
   * @param precision of products
   */
  public static StepProgram forTraining(
      ComputationGraphConfiguration network, ShardShape shape, Precision precision) {
    return compile(network, shape, space -> Assembly.forTraining(space, precision));
  }

  /**
   * A program that computes outputs, and losses where there are labels.
   *
   * @param network with nothing {@link #uncovered}, as the shape
   */
  public static StepProgram forInference(MultiLayerConfiguration network, ShardShape shape) {
    return compile(network, shape, Assembly::forInference);
  }

  /**
   * A program that computes outputs, and losses where there are labels.
   *
   * @param network with nothing {@link #uncovered}, as the shape
   */
  public static StepProgram forInference(ComputationGraphConfiguration network, ShardShape shape) {
    return compile(network, shape, Assembly::forInference);
  }

  static StepProgram compile(
      MultiLayerConfiguration network, ShardShape shape, Function<KernelSpace, Assembly> use) {
    requireCovered(uncovered(network, shape.featureMasks()));
    KernelSpace space = new KernelSpace();
    Assembly assembly = assembly(use.apply(space), network.getBackpropType());
    return new SequenceCompiler(network, shape, assembly).compile(space);
  }

  static StepProgram compile(
      ComputationGraphConfiguration network,
      ShardShape shape,
      Function<KernelSpace, Assembly> use) {
    requireCovered(uncovered(network, shape.featureMasks()));
    KernelSpace space = new KernelSpace();
    Assembly assembly = assembly(use.apply(space), network.getBackpropType());
    return new GraphCompiler(network, shape, assembly).compile(space);
  }

  /** The layers of a network whose products are float32 in every precision. */
  public static List<String> unrounded(MultiLayerConfiguration network) {
    return IntStream.range(0, network.getConfs().size())
        .boxed()
        .flatMap(
            i -> LayerCompilers.unrounded("layer " + i, network.getConf(i).getLayer()).stream())
        .toList();
  }

  /** The layers of a graph whose products are float32 in every precision. */
  public static List<String> unrounded(ComputationGraphConfiguration network) {
    List<String> found = new ArrayList<>();
    network
        .getVertices()
        .forEach(
            (name, vertex) -> {
              if (vertex instanceof LayerVertex layer) {
                LayerCompilers.unrounded("vertex " + name, layer.getLayerConf().getLayer())
                    .ifPresent(found::add);
              }
            });
    return found;
  }

  /** In inference sequences are whole. */
  private static Assembly assembly(Assembly assembly, BackpropType type) {
    return type == BackpropType.TruncatedBPTT && assembly.isTraining()
        ? assembly.ofSegments()
        : assembly;
  }

  private static void requireCovered(Optional<String> uncovered) {
    uncovered.ifPresent(
        reason -> {
          throw new IllegalArgumentException("Cannot compile: " + reason);
        });
  }
}
