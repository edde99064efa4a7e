package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.op.Op;
import java.util.List;
import java.util.Optional;

/** A recurrent layer over whole sequences, each of which begins with a state of zeros. */
final class RecurrentOp implements Op {
  private final List<GateBlocks> parameters;
  private final Kernel forward;
  private final Optional<Kernel> backward;

  RecurrentOp(List<GateBlocks> parameters, Kernel forward, Optional<Kernel> backward) {
    this.parameters = List.copyOf(parameters);
    this.forward = forward;
    this.backward = backward;
  }

  @Override
  public void load() {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).load();
    }
  }

  @Override
  public void forward() {
    forward.run();
  }

  @Override
  public void backward() {
    if (backward.isPresent()) {
      for (int i = 0; i < parameters.size(); i++) {
        parameters.get(i).clearGradient();
      }
      backward.get().run();
      for (int i = 0; i < parameters.size(); i++) {
        parameters.get(i).storeGradient();
      }
    }
  }
}
