package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Value;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.vanilla_rnn_backward;
import org.bytedeco.dnnl.vanilla_rnn_forward;

/**
 * Adds a recurrent layer of one gate (Elman 1990): {@code f(w input + r previous + bias)}, where f
 * is tanh, sigmoid or ReLU.
 */
public final class VanillaRnn extends RecurrentKernels<vanilla_rnn_forward.primitive_desc> {
  private static final int[] GATE = {0};

  private final algorithm function;

  private VanillaRnn(
      Assembly assembly,
      Value given,
      long units,
      long offset,
      boolean isForward,
      algorithm function) {
    super(assembly, given, units, GATE, offset, 0, isForward);
    this.function = function;
  }

  /**
   * @param given [rows, inputs, time]
   * @param offset of the parameters in the flat vector
   * @param isForward whether sequences are read from their beginning
   * @return [rows, units, time]
   */
  public static Value add(
      Assembly assembly,
      Value given,
      long units,
      long offset,
      boolean isForward,
      algorithm function) {
    return new VanillaRnn(assembly, given, units, offset, isForward, function).add();
  }

  @Override
  vanilla_rnn_forward.primitive_desc forward(prop_kind kind) {
    return new vanilla_rnn_forward.primitive_desc(
        assembly.engine(),
        kind,
        function,
        direction(),
        steps(in.size(1)),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        anyBiases(),
        steps(units),
        Layout.none(),
        assembly.attributes(),
        false);
  }

  @Override
  vanilla_rnn_backward.primitive_desc backward(vanilla_rnn_forward.primitive_desc forward) {
    return new vanilla_rnn_backward.primitive_desc(
        assembly.engine(),
        prop_kind.backward,
        function,
        direction(),
        steps(in.size(1)),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        anyBiases(),
        steps(units),
        Layout.none(),
        steps(in.size(1)),
        state(),
        anyMatrix(in.size(1)),
        anyMatrix(units),
        anyBiases(),
        steps(units),
        Layout.none(),
        forward,
        assembly.attributes(),
        false);
  }
}
