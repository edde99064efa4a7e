package io.evenstep.model.engine.step.op;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/**
 * Adds a convolution, in one dimension or two, of all channels together or in groups. oneDNN
 * chooses all layouts; weights are brought into theirs when the parameters change, and their
 * gradient is brought into DL4J's at each step.
 */
public final class Convolution {
  private final Assembly assembly;
  private final Filters filters;
  private final Window window;
  private final List<Kernel> load = new ArrayList<>();
  private final List<Kernel> forward = new ArrayList<>();
  private final List<Kernel> backward = new ArrayList<>();

  private Convolution(Assembly assembly, Filters filters, Window window) {
    this.assembly = assembly;
    this.filters = filters;
    this.window = window;
  }

  /**
   * @param in [rows, channels, height, width] or [rows, channels, steps]
   * @param function the activation, if there is one that works number by number
   */
  public static Value add(
      Assembly assembly, Value in, Filters filters, Window window, Optional<Function> function) {
    return new Convolution(assembly, filters, window).add(in, function);
  }

  private Value add(Value given, Optional<Function> function) {
    long[] outDims = filters.outDims(given, window);
    Optional<Function> fused = Function.fusible(function);
    convolution_forward.primitive_desc description =
        new convolution_forward.primitive_desc(
            assembly.engine(),
            assembly.isTraining() ? prop_kind.forward_training : prop_kind.forward_inference,
            algorithm.convolution_direct,
            Layout.any(given.dims()),
            Layout.any(filters.weightDims()),
            filters.biasLayout(),
            Layout.any(outDims),
            window.stride(),
            window.gaps(),
            window.before(),
            window.after(),
            Fusion.attributes(assembly, fused),
            false);
    Value in = assembly.inLayout(given, description.src_desc());
    Value out = assembly.result(description.dst_desc(), outDims);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, in.data());
    arguments.put(DNNL_ARG_WEIGHTS, weights(description.weights_desc()));
    arguments.put(DNNL_ARG_DST, out.data());
    if (filters.hasBias()) {
      arguments.put(DNNL_ARG_BIAS, assembly.parameter(filters.biasOffset(), filters.biasLayout()));
    }
    forward.add(assembly.kernel(description, arguments));
    out.slope().ifPresent(slope -> addToWeights(description, in, out, slope));
    in.slope().ifPresent(slope -> addToInput(description, in, out, slope));
    assembly.add(new KernelsOp(load, forward, backward));
    return Fusion.finish(assembly, out, function, fused);
  }

  /** The flat vector's weights, or a copy in a layout that differs from theirs. */
  private Tensor weights(memory.desc layout) {
    Tensor flat = assembly.parameter(filters.weightOffset(), filters.weightLayout());
    if (layout.equals(filters.weightLayout())) {
      return flat;
    }
    Tensor copy = assembly.allocate(layout);
    load.add(assembly.reorder(flat, copy));
    return copy;
  }

  private void addToWeights(
      convolution_forward.primitive_desc forward, Value in, Value out, Tensor slope) {
    convolution_backward_weights.primitive_desc description =
        new convolution_backward_weights.primitive_desc(
            assembly.engine(),
            algorithm.convolution_direct,
            Layout.any(in.dims()),
            Layout.any(filters.weightDims()),
            filters.biasLayout(),
            Layout.any(out.dims()),
            window.stride(),
            window.gaps(),
            window.before(),
            window.after(),
            forward,
            assembly.attributes(),
            false);
    Tensor flat = assembly.gradient(filters.weightOffset(), filters.weightLayout());
    memory.desc layout = description.diff_weights_desc();
    boolean direct = layout.equals(filters.weightLayout());
    Tensor weights = direct ? flat : assembly.allocate(layout);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, inLayout(in.data(), description.src_desc()));
    arguments.put(DNNL_ARG_DIFF_DST, inLayout(slope, description.diff_dst_desc()));
    arguments.put(DNNL_ARG_DIFF_WEIGHTS, weights);
    if (filters.hasBias()) {
      arguments.put(
          DNNL_ARG_DIFF_BIAS, assembly.gradient(filters.biasOffset(), filters.biasLayout()));
    }
    backward.add(assembly.kernel(description, arguments));
    if (!direct) {
      backward.add(assembly.reorder(weights, flat));
    }
  }

  private void addToInput(
      convolution_forward.primitive_desc forward, Value in, Value out, Tensor inputSlope) {
    convolution_backward_data.primitive_desc description =
        new convolution_backward_data.primitive_desc(
            assembly.engine(),
            algorithm.convolution_direct,
            in.layout(),
            Layout.any(filters.weightDims()),
            Layout.any(out.dims()),
            window.stride(),
            window.gaps(),
            window.before(),
            window.after(),
            forward,
            assembly.attributes(),
            false);
    backward.add(
        assembly.kernel(
            description,
            Map.of(
                DNNL_ARG_DIFF_DST,
                inLayout(out.slope().orElseThrow(), description.diff_dst_desc()),
                DNNL_ARG_WEIGHTS,
                weights(description.weights_desc()),
                DNNL_ARG_DIFF_SRC,
                inputSlope)));
  }

  /** What a kernel of the backward pass reads, brought into the layout it likes just before. */
  private Tensor inLayout(Tensor tensor, memory.desc layout) {
    if (tensor.layout().equals(layout)) {
      return tensor;
    }
    Tensor copy = assembly.allocate(layout);
    backward.add(assembly.reorder(tensor, copy));
    return copy;
  }
}
