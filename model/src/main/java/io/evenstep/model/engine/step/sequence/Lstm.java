package io.evenstep.model.engine.step.sequence;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_PEEPHOLE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_PEEPHOLE;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * Adds a long short-term memory (Hochreiter and Schmidhuber 1997) with tanh and sigmoid, and
 * optionally the peepholes of Gers and others 2002. The order of oneDNN's gates is input, forget,
 * candidate, output. The order of DL4J's blocks is candidate, forget, output, input, and for
 * peepholes forget, output, input.
 *
 * <p>An initial state of zeros is passed explicitly: without it, oneDNN 3.11 computes a wrong
 * gradient of the recurrent weights.
 */
public final class Lstm extends RecurrentKernels<lstm_forward.primitive_desc> {
  private static final int[] GATES = {3, 1, 0, 2};
  private static final int[] PEEPHOLES = {2, 0, 1};

  private final Optional<GateBlocks> peepholes;

  private Lstm(
      Assembly assembly, Value given, long units, long offset, boolean isForward, boolean peeps) {
    super(assembly, given, units, GATES, offset, peeps ? 3 * units : 0, isForward);
    long behindGates = offset + 4 * (in.size(1) + units) * units;
    this.peepholes =
        peeps
            ? Optional.of(
                new GateBlocks(assembly, behindGates, PEEPHOLES, Layout.plain(1, 1, 3, units)))
            : Optional.empty();
  }

  /**
   * @param given [rows, inputs, time]
   * @param offset of the parameters in the flat vector
   * @param isForward whether sequences are read from their beginning
   * @return [rows, units, time]
   */
  public static Value add(
      Assembly assembly, Value given, long units, long offset, boolean isForward, boolean peeps) {
    return new Lstm(assembly, given, units, offset, isForward, peeps).add();
  }

  @Override
  List<GateBlocks> more() {
    return peepholes.stream().toList();
  }

  @Override
  void addForward(lstm_forward.primitive_desc description, Map<Integer, Tensor> arguments) {
    Tensor first = assembly.allocate(state());
    arguments.put(DNNL_ARG_SRC_ITER_C, first);
    if (isCarrying()) {
      Tensor last = assembly.allocate(state());
      arguments.put(DNNL_ARG_DST_ITER, assembly.allocate(state()));
      arguments.put(DNNL_ARG_DST_ITER_C, last);
      assembly.carry(first, last);
    }
    peepholes.ifPresent(it -> put(DNNL_ARG_WEIGHTS_PEEPHOLE, it, description, arguments));
  }

  @Override
  void addBackward(primitive_desc_base description, Map<Integer, Tensor> arguments) {
    arguments.put(DNNL_ARG_DIFF_SRC_ITER_C, assembly.allocate(state()));
    if (isCarrying()) { // a later segment passes nothing back: 0
      arguments.put(DNNL_ARG_DIFF_DST_ITER, assembly.allocate(state()));
      arguments.put(DNNL_ARG_DIFF_DST_ITER_C, assembly.allocate(state()));
    }
    peepholes.ifPresent(
        it -> {
          put(DNNL_ARG_WEIGHTS_PEEPHOLE, it, description, arguments);
          putGradient(DNNL_ARG_DIFF_WEIGHTS_PEEPHOLE, it, description, arguments);
        });
  }

  /** The state after the last step. */
  private memory.desc lastState() {
    return isCarrying() ? state() : Layout.none();
  }

  private memory.desc anyPeepholes() {
    return peepholes.isPresent() ? Layout.any(1, 1, 3, units) : Layout.none();
  }

  @Override
  lstm_forward.primitive_desc forward(prop_kind kind) {
    memory.desc last = lastState();
    return new lstm_forward.primitive_desc(
        assembly.engine(),
        kind,
        direction(),
        steps(in.size(1)),
        state(),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        anyPeepholes(),
        anyBiases(),
        steps(units),
        last,
        last,
        assembly.attributes(),
        false);
  }

  @Override
  lstm_backward.primitive_desc backward(lstm_forward.primitive_desc forward) {
    memory.desc last = lastState();
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
        anyBiases(),
        steps(units),
        last,
        last,
        steps(in.size(1)),
        state(),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        anyPeepholes(),
        anyBiases(),
        steps(units),
        last,
        last,
        forward,
        assembly.attributes(),
        false);
  }
}
