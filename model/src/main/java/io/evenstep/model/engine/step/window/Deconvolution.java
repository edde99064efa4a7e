package io.evenstep.model.engine.step.window;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Function;
import io.evenstep.model.engine.step.op.Value;
import java.util.Optional;
import org.bytedeco.dnnl.deconvolution_backward_data;
import org.bytedeco.dnnl.deconvolution_backward_weights;
import org.bytedeco.dnnl.deconvolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * Adds a transposed convolution (Zeiler and others 2010, "Deconvolutional networks"): each point of
 * the input is spread over a window of the output.
 */
public final class Deconvolution extends FilterKernels<deconvolution_forward.primitive_desc> {
  private Deconvolution(Assembly assembly, Filters filters, Window window) {
    super(assembly, filters, window);
  }

  /**
   * @param in [rows, channels, height, width]
   * @param function the activation, if it works element by element
   */
  public static Value add(
      Assembly assembly, Value in, Filters filters, Window window, Optional<Function> function) {
    return new Deconvolution(assembly, filters, window).add(in, function);
  }

  @Override
  long places(int dimension, long in) {
    return window.spread(dimension, in);
  }

  @Override
  deconvolution_forward.primitive_desc forward(
      prop_kind kind, long[] in, long[] out, primitive_attr attributes) {
    return new deconvolution_forward.primitive_desc(
        assembly.engine(),
        kind,
        algorithm.deconvolution_direct,
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
  primitive_desc_base toWeights(
      deconvolution_forward.primitive_desc forward, long[] in, long[] out) {
    return new deconvolution_backward_weights.primitive_desc(
        assembly.engine(),
        algorithm.deconvolution_direct,
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
      deconvolution_forward.primitive_desc forward, memory.desc in, long[] out) {
    return new deconvolution_backward_data.primitive_desc(
        assembly.engine(),
        algorithm.deconvolution_direct,
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
