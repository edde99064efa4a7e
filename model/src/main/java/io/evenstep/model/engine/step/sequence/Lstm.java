package io.evenstep.model.engine.step.sequence;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_PEEPHOLE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_PEEPHOLE;
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
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;

/**
 * Adds a long short-term memory (Hochreiter and Schmidhuber 1997), with tanh and sigmoid, if asked
 * with the peepholes of Gers and others 2002. oneDNN's gates are input, forget, candidate and
 * output; DL4J's blocks are candidate, forget, output and input, and of peepholes forget, output
 * and input.
 *
 * <p>The state of zeros that a sequence begins with is given explicitly: without one, oneDNN 3.11
 * computes a wrong gradient of the recurrent weights.
 */
public final class Lstm {
  private static final int[] GATES = {3, 1, 0, 2};
  private static final int[] PEEPHOLES = {2, 0, 1};

  private final Assembly assembly;
  private final Value in; // step by step
  private final long units;
  private final boolean isForward;
  private final GateBlocks weights;
  private final GateBlocks recurrent;
  private final Optional<GateBlocks> peepholes;
  private final GateBlocks biases;

  private Lstm(
      Assembly assembly, Value in, long units, long offset, boolean isForward, boolean peeps) {
    this.assembly = assembly;
    this.in = in;
    this.units = units;
    this.isForward = isForward;
    long inputs = in.size(1);
    long behindWeights = offset + 4 * inputs * units;
    long behindGates = behindWeights + 4 * units * units;
    this.weights = new GateBlocks(assembly, offset, GATES, GateBlocks.matrix(inputs, 4, units));
    this.recurrent =
        new GateBlocks(assembly, behindWeights, GATES, GateBlocks.matrix(units, 4, units));
    this.peepholes =
        peeps
            ? Optional.of(
                new GateBlocks(assembly, behindGates, PEEPHOLES, Layout.plain(1, 1, 3, units)))
            : Optional.empty();
    long behindAll = behindGates + (peeps ? 3 * units : 0);
    this.biases = new GateBlocks(assembly, behindAll, GATES, Layout.plain(1, 1, 4, units));
  }

  /**
   * @param given [rows, inputs, time]
   * @param offset of the parameters in the flat vector
   * @param isForward whether sequences are read from their beginning
   * @return [rows, units, time]
   */
  public static Value add(
      Assembly assembly, Value given, long units, long offset, boolean isForward, boolean peeps) {
    Value in = Sequences.stepByStep(assembly, given);
    return new Lstm(assembly, in, units, offset, isForward, peeps).add();
  }

  private Value add() {
    lstm_forward.primitive_desc description = forward();
    Value out =
        assembly.result(
            Sequences.layout(in.size(0), units, in.size(2)), in.size(0), units, in.size(2));
    Map<Integer, Tensor> ahead = new HashMap<>();
    ahead.put(DNNL_ARG_SRC_LAYER, Sequences.steps(assembly, in, in.data()));
    ahead.put(DNNL_ARG_SRC_ITER, assembly.allocate(state()));
    ahead.put(DNNL_ARG_SRC_ITER_C, assembly.allocate(state()));
    ahead.put(DNNL_ARG_WEIGHTS_LAYER, weights.parameters(description.weights_layer_desc()));
    ahead.put(DNNL_ARG_WEIGHTS_ITER, recurrent.parameters(description.weights_iter_desc()));
    ahead.put(DNNL_ARG_BIAS, biases.parameters(description.bias_desc()));
    peepholes.ifPresent(
        it ->
            ahead.put(
                DNNL_ARG_WEIGHTS_PEEPHOLE, it.parameters(description.weights_peephole_desc())));
    ahead.put(DNNL_ARG_DST_LAYER, Sequences.steps(assembly, out, out.data()));
    if (assembly.isTraining()) {
      ahead.put(DNNL_ARG_WORKSPACE, assembly.allocate(description.workspace_desc()));
    }
    Optional<Kernel> backward = out.slope().map(slope -> backward(description, ahead, out, slope));
    List<GateBlocks> blocks = new ArrayList<>(List.of(weights, recurrent, biases));
    peepholes.ifPresent(blocks::add);
    assembly.add(new RecurrentOp(blocks, assembly.kernel(description, ahead), backward));
    return out;
  }

  private rnn_direction direction() {
    return isForward
        ? rnn_direction.unidirectional_left2right
        : rnn_direction.unidirectional_right2left;
  }

  private memory.desc steps(long size) {
    return Layout.plain(in.size(2), in.size(0), size);
  }

  private memory.desc anyMatrix(long rows) {
    return Layout.any(1, 1, rows, 4, units);
  }

  private memory.desc state() {
    return Layout.plain(1, 1, in.size(0), units);
  }

  private memory.desc anyPeepholes() {
    return peepholes.isPresent() ? Layout.any(1, 1, 3, units) : Layout.none();
  }

  private lstm_forward.primitive_desc forward() {
    memory.desc none = Layout.none();
    return new lstm_forward.primitive_desc(
        assembly.engine(),
        assembly.isTraining() ? prop_kind.forward_training : prop_kind.forward_inference,
        direction(),
        steps(in.size(1)),
        state(),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        anyPeepholes(),
        Layout.any(1, 1, 4, units),
        steps(units),
        none,
        none,
        assembly.attributes(),
        false);
  }

  private Kernel backward(
      lstm_forward.primitive_desc forward, Map<Integer, Tensor> ahead, Value out, Tensor slope) {
    lstm_backward.primitive_desc description = backward(forward);
    Map<Integer, Tensor> back = new HashMap<>(ahead);
    back.put(DNNL_ARG_WEIGHTS_LAYER, weights.parameters(description.weights_layer_desc()));
    back.put(DNNL_ARG_WEIGHTS_ITER, recurrent.parameters(description.weights_iter_desc()));
    back.put(DNNL_ARG_BIAS, biases.parameters(description.bias_desc()));
    back.put(DNNL_ARG_DIFF_SRC_ITER, assembly.allocate(state()));
    back.put(DNNL_ARG_DIFF_SRC_ITER_C, assembly.allocate(state()));
    back.put(DNNL_ARG_DIFF_DST_LAYER, Sequences.steps(assembly, out, slope));
    Tensor inputSlope = in.slope().orElseGet(() -> assembly.allocate(in.layout()));
    back.put(DNNL_ARG_DIFF_SRC_LAYER, Sequences.steps(assembly, in, inputSlope));
    back.put(DNNL_ARG_DIFF_WEIGHTS_LAYER, weights.gradient(description.diff_weights_layer_desc()));
    back.put(DNNL_ARG_DIFF_WEIGHTS_ITER, recurrent.gradient(description.diff_weights_iter_desc()));
    back.put(DNNL_ARG_DIFF_BIAS, biases.gradient(description.diff_bias_desc()));
    peepholes.ifPresent(
        it -> {
          back.put(DNNL_ARG_WEIGHTS_PEEPHOLE, it.parameters(description.weights_peephole_desc()));
          back.put(
              DNNL_ARG_DIFF_WEIGHTS_PEEPHOLE,
              it.gradient(description.diff_weights_peephole_desc()));
        });
    return assembly.kernel(description, back);
  }

  private lstm_backward.primitive_desc backward(lstm_forward.primitive_desc forward) {
    memory.desc none = Layout.none();
    return new lstm_backward.primitive_desc(
        assembly.engine(),
        prop_kind.backward,
        direction(),
        steps(in.size(1)),
        state(),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        anyPeepholes(),
        Layout.any(1, 1, 4, units),
        steps(units),
        none,
        none,
        steps(in.size(1)),
        state(),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        anyPeepholes(),
        Layout.any(1, 1, 4, units),
        steps(units),
        none,
        none,
        forward,
        assembly.attributes(),
        false);
  }
}
