package io.evenstep.model.engine.step.op;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/** An activation, element by element. The slope is computed in place. */
public final class FunctionOp implements Op {
  private final Optional<Kernel> forward;
  private final Optional<Kernel> backward;

  private FunctionOp(Optional<Kernel> forward, Optional<Kernel> backward) {
    this.forward = forward;
    this.backward = backward;
  }

  /** Applies the function; the value's own numbers are kept. */
  public static Value add(Assembly assembly, Value in, Function function) {
    memory.desc layout = in.layout();
    eltwise_forward.primitive_desc description = forward(assembly, layout, function);
    Tensor data = assembly.allocate(layout);
    Kernel forward =
        assembly.kernel(description, Map.of(DNNL_ARG_SRC, in.data(), DNNL_ARG_DST, data));
    Tensor known = function.fromOutput() ? data : in.data();
    assembly.add(
        new FunctionOp(
            Optional.of(forward),
            in.slope().map(slope -> backward(assembly, function, description, known, slope))));
    return new Value(in.shape(), data, in.slope());
  }

  /** The backward pass of a function that is part of the kernel that computed {@code out}. */
  static void addFused(Assembly assembly, Value out, Function function) {
    out.slope()
        .map(
            slope ->
                backward(
                    assembly,
                    function,
                    forward(assembly, out.layout(), function),
                    out.data(),
                    slope))
        .ifPresent(kernel -> assembly.add(new FunctionOp(Optional.empty(), Optional.of(kernel))));
  }

  /** A kernel that replaces numbers by a function of them; its derivative is not computed. */
  public static Kernel inPlace(Assembly assembly, Tensor numbers, algorithm function) {
    return assembly.kernel(
        forward(assembly, numbers.layout(), Function.ofInput(function, 0, 0)),
        Map.of(DNNL_ARG_SRC, numbers, DNNL_ARG_DST, numbers));
  }

  private static eltwise_forward.primitive_desc forward(
      Assembly assembly, memory.desc layout, Function function) {
    return new eltwise_forward.primitive_desc(
        assembly.engine(),
        prop_kind.forward_training,
        function.forward(),
        layout,
        layout,
        function.alpha(),
        function.beta(),
        assembly.attributes(),
        false);
  }

  private static Kernel backward(
      Assembly assembly,
      Function function,
      eltwise_forward.primitive_desc forward,
      Tensor known,
      Tensor slope) {
    memory.desc layout = slope.layout();
    return assembly.kernel(
        new eltwise_backward.primitive_desc(
            assembly.engine(),
            function.backward(),
            layout,
            layout,
            layout,
            function.alpha(),
            function.beta(),
            forward,
            assembly.attributes(),
            false),
        Map.of(
            function.fromOutput() ? DNNL_ARG_DST : DNNL_ARG_SRC,
            known,
            DNNL_ARG_DIFF_DST,
            slope,
            DNNL_ARG_DIFF_SRC,
            slope));
  }

  @Override
  public void forward() {
    forward.ifPresent(Kernel::run);
  }

  @Override
  public void backward() {
    backward.ifPresent(Kernel::run);
  }
}
