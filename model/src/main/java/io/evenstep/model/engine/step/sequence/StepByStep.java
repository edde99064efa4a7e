package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;

/** A copy of somebody else's [rows, size, time], with the time dimension first. */
public final class StepByStep {
  private final FloatBuffer floats;
  private final Kernel copy;

  public StepByStep(Assembly assembly, Binding from, long rows, long size, long time) {
    Value theirs = assembly.input(from, rows, size, time);
    Tensor ours = assembly.allocate(Sequences.layout(rows, size, time));
    this.floats = ours.floats();
    this.copy = assembly.reorder(theirs.data(), ours);
  }

  /** Copies the current content. */
  public void load() {
    copy.run();
  }

  /** [time, rows, size], as last copied. */
  public FloatBuffer floats() {
    return floats;
  }
}
