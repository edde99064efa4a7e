package io.evenstep.model.engine.step.op;

import java.util.Optional;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** An activation that is part of the kernel before it. */
public final class Fusion {
  private Fusion() {}

  /** The attributes for the kernel's description. */
  public static primitive_attr attributes(Assembly assembly, Optional<Function> fused) {
    primitive_attr attributes = assembly.attributes();
    fused.ifPresent(
        function -> {
          post_ops after = new post_ops();
          after.append_eltwise(function.forward(), function.alpha(), function.beta());
          attributes.set_post_ops(after);
        });
    return attributes;
  }

  /** Adds what the kernel does not do: the derivative, or the whole function. */
  public static Value finish(
      Assembly assembly, Value out, Optional<Function> function, Optional<Function> fused) {
    fused.ifPresent(it -> FunctionOp.addFused(assembly, out, it));
    return function.isPresent() && fused.isEmpty()
        ? FunctionOp.add(assembly, out, function.get())
        : out;
  }
}
