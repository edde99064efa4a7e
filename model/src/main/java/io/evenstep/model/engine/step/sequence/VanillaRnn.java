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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.vanilla_rnn_backward;
import org.bytedeco.dnnl.vanilla_rnn_forward;

/** Adds a recurrent layer of one gate: {@code tanh(w input + r previous + bias)}. */
public final class VanillaRnn {
  private static final int[] GATE = {0};

  private final Assembly assembly;
  private final Value in; // step by step
  private final long units;
  private final rnn_direction direction;
  private final GateBlocks weights;
  private final GateBlocks recurrent;
  private final GateBlocks biases;

  private VanillaRnn(
      Assembly assembly, Value in, long units, long offset, rnn_direction direction) {
    this.assembly = assembly;
    this.in = in;
    this.units = units;
    this.direction = direction;
    long inputs = in.size(1);
    long behindWeights = offset + inputs * units;
    this.weights = new GateBlocks(assembly, offset, GATE, GateBlocks.matrix(inputs, 1, units));
    this.recurrent =
        new GateBlocks(assembly, behindWeights, GATE, GateBlocks.matrix(units, 1, units));
    this.biases =
        new GateBlocks(assembly, behindWeights + units * units, GATE, Layout.plain(1, 1, 1, units));
  }

  /**
   * @param given [rows, inputs, time]
   * @param offset of the parameters in the flat vector
   * @param isForward whether sequences are read from their beginning
   * @return [rows, units, time]
   */
  public static Value add(
      Assembly assembly, Value given, long units, long offset, boolean isForward) {
    return new VanillaRnn(
            assembly,
            Sequences.stepByStep(assembly, given),
            units,
            offset,
            isForward
                ? rnn_direction.unidirectional_left2right
                : rnn_direction.unidirectional_right2left)
        .add();
  }

  private Value add() {
    vanilla_rnn_forward.primitive_desc description = forward();
    Value out =
        assembly.result(
            Sequences.layout(in.size(0), units, in.size(2)), in.size(0), units, in.size(2));
    Map<Integer, Tensor> ahead = new HashMap<>();
    ahead.put(DNNL_ARG_SRC_LAYER, Sequences.steps(assembly, in, in.data()));
    ahead.put(DNNL_ARG_SRC_ITER, assembly.allocate(state()));
    ahead.put(DNNL_ARG_WEIGHTS_LAYER, weights.parameters(description.weights_layer_desc()));
    ahead.put(DNNL_ARG_WEIGHTS_ITER, recurrent.parameters(description.weights_iter_desc()));
    ahead.put(DNNL_ARG_BIAS, biases.parameters(description.bias_desc()));
    ahead.put(DNNL_ARG_DST_LAYER, Sequences.steps(assembly, out, out.data()));
    if (assembly.isTraining()) {
      ahead.put(DNNL_ARG_WORKSPACE, assembly.allocate(description.workspace_desc()));
    }
    Optional<Kernel> backward = out.slope().map(slope -> backward(description, ahead, out, slope));
    assembly.add(
        new RecurrentOp(
            List.of(weights, recurrent, biases), assembly.kernel(description, ahead), backward));
    return out;
  }

  private memory.desc state() {
    return Layout.plain(1, 1, in.size(0), units);
  }

  private memory.desc steps(long size) {
    return Layout.plain(in.size(2), in.size(0), size);
  }

  private memory.desc anyMatrix(long rows) {
    return Layout.any(1, 1, rows, 1, units);
  }

  private vanilla_rnn_forward.primitive_desc forward() {
    return new vanilla_rnn_forward.primitive_desc(
        assembly.engine(),
        assembly.isTraining() ? prop_kind.forward_training : prop_kind.forward_inference,
        algorithm.eltwise_tanh,
        direction,
        steps(in.size(1)),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        Layout.any(1, 1, 1, units),
        steps(units),
        Layout.none(),
        assembly.attributes(),
        false);
  }

  private Kernel backward(
      vanilla_rnn_forward.primitive_desc forward,
      Map<Integer, Tensor> ahead,
      Value out,
      Tensor slope) {
    vanilla_rnn_backward.primitive_desc description = backward(forward);
    Map<Integer, Tensor> back = new HashMap<>(ahead);
    back.put(DNNL_ARG_WEIGHTS_LAYER, weights.parameters(description.weights_layer_desc()));
    back.put(DNNL_ARG_WEIGHTS_ITER, recurrent.parameters(description.weights_iter_desc()));
    back.put(DNNL_ARG_BIAS, biases.parameters(description.bias_desc()));
    back.put(DNNL_ARG_DIFF_SRC_ITER, assembly.allocate(state()));
    back.put(DNNL_ARG_DIFF_DST_LAYER, Sequences.steps(assembly, out, slope));
    Tensor inputSlope = in.slope().orElseGet(() -> assembly.allocate(in.layout()));
    back.put(DNNL_ARG_DIFF_SRC_LAYER, Sequences.steps(assembly, in, inputSlope));
    back.put(DNNL_ARG_DIFF_WEIGHTS_LAYER, weights.gradient(description.diff_weights_layer_desc()));
    back.put(DNNL_ARG_DIFF_WEIGHTS_ITER, recurrent.gradient(description.diff_weights_iter_desc()));
    back.put(DNNL_ARG_DIFF_BIAS, biases.gradient(description.diff_bias_desc()));
    return assembly.kernel(description, back);
  }

  private vanilla_rnn_backward.primitive_desc backward(vanilla_rnn_forward.primitive_desc forward) {
    return new vanilla_rnn_backward.primitive_desc(
        assembly.engine(),
        prop_kind.backward,
        algorithm.eltwise_tanh,
        direction,
        steps(in.size(1)),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        Layout.any(1, 1, 1, units),
        steps(units),
        Layout.none(),
        steps(in.size(1)),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        Layout.any(1, 1, 1, units),
        steps(units),
        Layout.none(),
        forward,
        assembly.attributes(),
        false);
  }
}
