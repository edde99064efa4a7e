package io.evenstep.model.engine.step.window;

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
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Function;
import io.evenstep.model.engine.step.op.Fusion;
import io.evenstep.model.engine.step.op.KernelsOp;
import io.evenstep.model.engine.step.op.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * What convolutions have in common, transposed ones included. oneDNN chooses all layouts. Weights
 * are copied into its layout when the parameters change, and their gradient into DL4J's layout at
 * each step.
 *
 * @param <F> oneDNN's description of the forward pass
 */
abstract class FilterKernels<F extends primitive_desc_base> {
  final Assembly assembly;
  final Filters filters;
  final Window window;
  private final List<Kernel> load = new ArrayList<>();
  private final List<Kernel> forward = new ArrayList<>();
  private final List<Kernel> backward = new ArrayList<>();
  private final List<Copy> copies = new ArrayList<>(); // made by the backward pass

  /** A tensor, and the same numbers in another layout. */
  private record Copy(Tensor of, Tensor copy) {}

  FilterKernels(Assembly assembly, Filters filters, Window window) {
    this.assembly = assembly;
    this.filters = filters;
    this.window = window;
  }

  /**
   * The number of output points for a number of input points, in one of the window's dimensions.
   */
  abstract long places(int dimension, long in);

  /** The forward pass, with inputs and outputs in any layout. */
  abstract F forward(prop_kind kind, long[] in, long[] out, primitive_attr attributes);

  /** The gradient of weights and biases, with everything in any layout. */
  abstract primitive_desc_base toWeights(F forward, long[] in, long[] out);

  /** The slope of the input in its own layout, with the rest in any layout. */
  abstract primitive_desc_base toInput(F forward, memory.desc in, long[] out);

  final Value add(Value given, Optional<Function> function) {
    long[] outDims = outDims(given);
    Optional<Function> fused = Function.fusible(function);
    F description =
        forward(
            assembly.hasSlopes() ? prop_kind.forward_training : prop_kind.forward_inference,
            given.dims(),
            outDims,
            Fusion.attributes(assembly, fused));
    Value in = factor(given, description.src_desc(0));
    Value out = assembly.result(description.dst_desc(0), outDims);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, in.data());
    arguments.put(DNNL_ARG_WEIGHTS, weights(description.weights_desc(0)));
    arguments.put(DNNL_ARG_DST, out.data());
    if (filters.hasBias()) {
      arguments.put(DNNL_ARG_BIAS, assembly.parameter(filters.biasOffset(), filters.biasLayout()));
    }
    forward.add(assembly.kernel(description, arguments));
    Optional<Tensor> outSlope =
        assembly.isNarrow() ? out.slope() : out.slope().map(assembly::factor);
    outSlope.ifPresent(slope -> addToWeights(description, in, out, slope));
    in.slope().ifPresent(slope -> addToInput(description, out, outSlope.orElseThrow(), slope));
    assembly.add(new KernelsOp(load, forward, backward));
    if (!assembly.isNarrow()) {
      outSlope.ifPresent(slope -> assembly.addFactor(out.slope().orElseThrow(), slope));
    }
    return Fusion.finish(assembly, out, function, fused);
  }

  /** The input as a factor in the kernel's layout. Its slope stays where it is if narrow. */
  private Value factor(Value given, memory.desc layout) {
    if (!assembly.isNarrow()) {
      return assembly.inLayout(assembly.factor(given), layout);
    }
    Tensor narrow = assembly.allocate(layout);
    forward.add(assembly.reorder(given.data(), narrow));
    return new Value(given.shape(), narrow, given.slope());
  }

  private long[] outDims(Value in) {
    long[] dims = in.dims();
    dims[1] = filters.outputs();
    for (int i = 2; i < dims.length; i++) {
      dims[i] = places(i - 2, dims[i]);
    }
    return dims;
  }

  /** The weights as a factor in the flat vector, or a copy if the layout differs. */
  private Tensor weights(memory.desc layout) {
    Tensor flat =
        assembly.isNarrow() // the copy below rounds it
            ? assembly.parameter(filters.weightOffset(), filters.weightLayout())
            : assembly.factor(filters.weightOffset(), filters.weightLayout());
    if (layout.equals(filters.weightLayout())) {
      return flat;
    }
    Tensor copy = assembly.allocate(layout);
    load.add(assembly.reorder(flat, copy));
    return copy;
  }

  private void addToWeights(F forward, Value in, Value out, Tensor slope) {
    primitive_desc_base description = toWeights(forward, in.dims(), out.dims());
    Tensor flat = assembly.gradient(filters.weightOffset(), filters.weightLayout());
    memory.desc layout = description.diff_weights_desc(0);
    boolean direct = layout.equals(filters.weightLayout());
    Tensor weights = direct ? flat : assembly.allocate(layout);
    Map<Integer, Tensor> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, inLayout(in.data(), description.src_desc(0)));
    arguments.put(DNNL_ARG_DIFF_DST, inLayout(slope, description.diff_dst_desc(0)));
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

  private void addToInput(F forward, Value out, Tensor slope, Tensor inputSlope) {
    primitive_desc_base description = toInput(forward, inputSlope.layout(), out.dims());
    backward.add(
        assembly.kernel(
            description,
            Map.of(
                DNNL_ARG_DIFF_DST,
                inLayout(slope, description.diff_dst_desc(0)),
                DNNL_ARG_WEIGHTS,
                weights(description.weights_desc(0)),
                DNNL_ARG_DIFF_SRC,
                inputSlope)));
  }

  /**
   * The input of a backward kernel, copied before into the layout that it prefers; one copy serves
   * both kernels if they prefer the same.
   */
  private Tensor inLayout(Tensor tensor, memory.desc layout) {
    if (tensor.layout().equals(layout)) {
      return tensor;
    }
    for (Copy each : copies) {
      if (each.of() == tensor && each.copy().layout().equals(layout)) {
        return each.copy();
      }
    }
    Tensor copy = assembly.allocate(layout);
    backward.add(assembly.reorder(tensor, copy));
    copies.add(new Copy(tensor, copy));
    return copy;
  }

  /** The weights as a factor, in any layout. */
  final memory.desc anyWeights() {
    return Layout.any(assembly.factors(), filters.weightDims());
  }
}
