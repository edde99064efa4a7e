package io.evenstep.model.engine.step.op;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;

/** Adds a softmax over the last dimension. The slope is computed in place. */
public final class SoftmaxOp {
  private SoftmaxOp() {}

  /**
   * @param in in C order
   */
  public static Value add(Assembly assembly, Value in) {
    softmax_forward.primitive_desc description = description(assembly, in.layout());
    Tensor out = assembly.allocate(in.layout());
    Optional<Kernel> backward =
        in.slope().map(slope -> backward(assembly, description, out, slope));
    assembly.add(
        new KernelsOp(
            List.of(),
            List.of(forward(assembly, description, in, out)),
            backward.stream().toList()));
    return new Value(in.shape(), out, in.slope());
  }

  /** For a loss that computes the slope of the softmax's input: there is no backward pass. */
  public static Value addForwardOnly(Assembly assembly, Value in) {
    Tensor out = assembly.allocate(in.layout());
    Kernel forward = forward(assembly, description(assembly, in.layout()), in, out);
    assembly.add(new KernelsOp(List.of(), List.of(forward), List.of()));
    return new Value(in.shape(), out, in.slope());
  }

  private static softmax_forward.primitive_desc description(Assembly assembly, memory.desc layout) {
    return new softmax_forward.primitive_desc(
        assembly.engine(),
        prop_kind.forward_training,
        algorithm.softmax_accurate,
        layout,
        layout,
        layout.get_ndims() - 1,
        assembly.attributes(),
        false);
  }

  private static Kernel forward(
      Assembly assembly, softmax_forward.primitive_desc description, Value in, Tensor out) {
    return assembly.kernel(description, Map.of(DNNL_ARG_SRC, in.data(), DNNL_ARG_DST, out));
  }

  private static Kernel backward(
      Assembly assembly, softmax_forward.primitive_desc forward, Tensor out, Tensor slope) {
    memory.desc layout = slope.layout();
    return assembly.kernel(
        new softmax_backward.primitive_desc(
            assembly.engine(),
            algorithm.softmax_accurate,
            layout,
            layout,
            layout,
            layout.get_ndims() - 1,
            forward,
            assembly.attributes(),
            false),
        Map.of(DNNL_ARG_DST, out, DNNL_ARG_DIFF_DST, slope, DNNL_ARG_DIFF_SRC, slope));
  }
}
