package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Kernel;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/** The same numbers in another layout. */
final class ReorderOp implements Op {
  private final Kernel forward;
  private final Optional<Kernel> backward;

  private ReorderOp(Kernel forward, Optional<Kernel> backward) {
    this.forward = forward;
    this.backward = backward;
  }

  static Value add(Assembly assembly, Value in, memory.desc layout) {
    Value out = assembly.resultLike(in, layout, in.dims());
    assembly.add(
        new ReorderOp(
            assembly.reorder(in.data(), out.data()),
            in.slope().map(slope -> assembly.reorder(out.slope().orElseThrow(), slope))));
    return out;
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    backward.ifPresent(Kernel::run);
  }
}
