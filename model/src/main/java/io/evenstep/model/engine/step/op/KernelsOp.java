package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Kernel;
import java.util.List;

/** An operation made of a list of kernels, and of reorders of its parameters when they change. */
public final class KernelsOp implements Op {
  private final List<Kernel> load;
  private final List<Kernel> forward;
  private final List<Kernel> backward;

  /** Each list in the order in which its kernels run. */
  public KernelsOp(List<Kernel> load, List<Kernel> forward, List<Kernel> backward) {
    this.load = List.copyOf(load);
    this.forward = List.copyOf(forward);
    this.backward = List.copyOf(backward);
  }

  @Override
  public void load() {
    runAll(load);
  }

  @Override
  public void forward() {
    runAll(forward);
  }

  @Override
  public void backward() {
    runAll(backward);
  }

  private static void runAll(List<Kernel> kernels) {
    for (int i = 0; i < kernels.size(); i++) {
      kernels.get(i).run();
    }
  }
}
