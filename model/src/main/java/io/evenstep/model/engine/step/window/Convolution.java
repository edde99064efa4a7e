package io.evenstep.model.engine.step.window;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Function;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;

/** Adds a convolution, in one dimension or two, of all channels together or in groups. */
public final class Convolution extends FilterKernels<convolution_forward.primitive_desc> {
  private Convolution(Assembly assembly, Filters filters, Window window) {
    super(assembly, filters, window);
  }

  /**
   * @param in [rows, channels, height, width] or [rows, channels, steps]
   * @param function the activation, if it works element by element
   */
  public static Value add(
      Assembly assembly, Value in, Filters filters, Window window, Optional<Function> function) {
    return new Convolution(assembly, filters, window).add(in, function);
  }

  @Override
  long places(int dimension, long in) {
    return window.places(dimension, in);
  }

  @Override
  convolution_forward.primitive_desc forward(
      prop_kind kind, long[] in, long[] out, primitive_attr attributes) {
    return new convolution_forward.primitive_desc(
        assembly.engine(),
        kind,
        algorithm.convolution_direct,
        Layout.any(assembly.factors(), in),
        anyWeights(),
        filters.biasLayout(),
        Layout.any(out),
        window.stride(),
        window.gaps(),
        window.before(),
        window.after(),
        attributes,
        false);
  }

  @Override
  primitive_desc_base toWeights(convolution_forward.primitive_desc forward, long[] in, long[] out) {
    return new convolution_backward_weights.primitive_desc(
        assembly.engine(),
        algorithm.convolution_direct,
        Layout.any(assembly.factors(), in),
        Layout.any(filters.weightDims()),
        filters.biasLayout(),
        Layout.any(assembly.factors(), out),
        window.stride(),
        window.gaps(),
        window.before(),
        window.after(),
        forward,
        assembly.attributes(),
        false);
  }

  @Override
  primitive_desc_base toInput(
      convolution_forward.primitive_desc forward, memory.desc in, long[] out) {
    return new convolution_backward_data.primitive_desc(
        assembly.engine(),
        algorithm.convolution_direct,
        in,
        anyWeights(),
        Layout.any(assembly.factors(), out),
        window.stride(),
        window.gaps(),
        window.before(),
        window.after(),
        forward,
        assembly.attributes(),
        false);
  }
}
