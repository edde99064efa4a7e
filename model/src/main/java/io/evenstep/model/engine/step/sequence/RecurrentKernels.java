package io.evenstep.model.engine.step.sequence;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.query;
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * What recurrent layers have in common: input weights, recurrent weights, biases, and an initial
 * state, which is 0 at the beginning of a sequence.
 *
 * @param <F> oneDNN's description of the forward pass
 */
abstract class RecurrentKernels<F extends primitive_desc_base> {
  final Assembly assembly;
  final Value in; // step by step
  final long units;
  private final int gates;
  private final boolean isForward;
  private final GateBlocks weights;
  private final GateBlocks recurrent;
  private final GateBlocks biases;

  /**
   * @param given [rows, inputs, time]
   * @param order of the gates, as in {@link GateBlocks}
   * @param offset of the parameters in the flat vector
   * @param between how many parameters are between the recurrent weights and the biases
   * @param isForward whether sequences are read from their beginning
   */
  RecurrentKernels(
      Assembly assembly,
      Value given,
      long units,
      int[] order,
      long offset,
      long between,
      boolean isForward) {
    this.assembly = assembly;
    this.in = Sequences.stepByStep(assembly, given);
    this.units = units;
    this.gates = order.length;
    this.isForward = isForward;
    long inputs = in.size(1);
    long behindWeights = offset + gates * inputs * units;
    this.weights = new GateBlocks(assembly, offset, order, GateBlocks.matrix(inputs, gates, units));
    this.recurrent =
        new GateBlocks(assembly, behindWeights, order, GateBlocks.matrix(units, gates, units));
    this.biases =
        new GateBlocks(
            assembly,
            behindWeights + gates * units * units + between,
            order,
            Layout.plain(1, 1, gates, units));
  }

  /** The forward pass. */
  abstract F forward(prop_kind kind);

  /** The backward pass. */
  abstract primitive_desc_base backward(F forward);

  /** Adds the layer's own arguments to those of the forward pass. */
  void addForward(F description, Map<Integer, Tensor> arguments) {}

  /** Adds the layer's own arguments to those of the backward pass. */
  void addBackward(primitive_desc_base description, Map<Integer, Tensor> arguments) {}

  /** The layer's own parameters, besides weights and biases. */
  List<GateBlocks> more() {
    return List.of();
  }

  final Value add() {
    F description =
        forward(assembly.hasSlopes() ? prop_kind.forward_training : prop_kind.forward_inference);
    Value out =
        assembly.result(
            Sequences.layout(in.size(0), units, in.size(2)), in.size(0), units, in.size(2));
    Map<Integer, Tensor> ahead = new HashMap<>();
    ahead.put(DNNL_ARG_SRC_LAYER, Sequences.steps(assembly, in, in.data()));
    ahead.put(DNNL_ARG_SRC_ITER, first(out));
    putParameters(description, ahead);
    ahead.put(DNNL_ARG_DST_LAYER, Sequences.steps(assembly, out, out.data()));
    addForward(description, ahead);
    if (assembly.hasSlopes()) {
      ahead.put(DNNL_ARG_WORKSPACE, assembly.allocate(description.workspace_desc()));
    }
    Optional<Kernel> backward = out.slope().map(slope -> backward(description, ahead, out, slope));
    List<GateBlocks> blocks = new ArrayList<>(List.of(weights, recurrent, biases));
    blocks.addAll(more());
    assembly.add(new RecurrentOp(blocks, assembly.kernel(description, ahead), backward));
    return out;
  }

  /** The output of the step before the first. */
  private Tensor first(Value out) {
    Tensor first = assembly.allocate(state());
    if (isForward) {
      long beforeLast = (in.size(2) - 1) * in.size(0) * units;
      assembly.carry(first, assembly.alias(out.data(), state(), beforeLast));
    }
    return first;
  }

  /** Whether the layer begins a segment in the state in which it ended the one before. */
  final boolean isCarrying() {
    return assembly.isCarrying() && isForward;
  }

  private void putParameters(primitive_desc_base description, Map<Integer, Tensor> arguments) {
    put(DNNL_ARG_WEIGHTS_LAYER, weights, description, arguments);
    put(DNNL_ARG_WEIGHTS_ITER, recurrent, description, arguments);
    put(DNNL_ARG_BIAS, biases, description, arguments);
  }

  /** Parameters in the layout that the kernel wants. */
  static void put(
      int argument,
      GateBlocks blocks,
      primitive_desc_base description,
      Map<Integer, Tensor> arguments) {
    arguments.put(argument, blocks.parameters(layout(argument, description)));
  }

  /** Their gradient, in the layout that the kernel wants. */
  static void putGradient(
      int argument,
      GateBlocks blocks,
      primitive_desc_base description,
      Map<Integer, Tensor> arguments) {
    arguments.put(argument, blocks.gradient(layout(argument, description)));
  }

  private static memory.desc layout(int argument, primitive_desc_base description) {
    return description.query_md(query.exec_arg_md, argument);
  }

  private Kernel backward(F forward, Map<Integer, Tensor> ahead, Value out, Tensor slope) {
    primitive_desc_base description = backward(forward);
    Map<Integer, Tensor> back = new HashMap<>(ahead);
    putParameters(description, back);
    back.put(DNNL_ARG_DIFF_SRC_ITER, assembly.allocate(state()));
    back.put(DNNL_ARG_DIFF_DST_LAYER, Sequences.steps(assembly, out, slope));
    Tensor inputSlope = in.slope().orElseGet(() -> assembly.allocate(in.layout()));
    back.put(DNNL_ARG_DIFF_SRC_LAYER, Sequences.steps(assembly, in, inputSlope));
    putGradient(DNNL_ARG_DIFF_WEIGHTS_LAYER, weights, description, back);
    putGradient(DNNL_ARG_DIFF_WEIGHTS_ITER, recurrent, description, back);
    putGradient(DNNL_ARG_DIFF_BIAS, biases, description, back);
    addBackward(description, back);
    return assembly.kernel(description, back);
  }

  final rnn_direction direction() {
    return isForward
        ? rnn_direction.unidirectional_left2right
        : rnn_direction.unidirectional_right2left;
  }

  /** Inputs or outputs of all steps. */
  final memory.desc steps(long size) {
    return Layout.plain(in.size(2), in.size(0), size);
  }

  /** The state that is passed from step to step. */
  final memory.desc state() {
    return Layout.plain(1, 1, in.size(0), units);
  }

  final memory.desc anyMatrix(long rows) {
    return Layout.any(1, 1, rows, gates, units);
  }

  final memory.desc anyBiases() {
    return Layout.any(1, 1, gates, units);
  }
}
