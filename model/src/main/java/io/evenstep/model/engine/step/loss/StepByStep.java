package io.evenstep.model.engine.step.loss;

import io.evenstep.model.engine.step.kernel.Kernel;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.sequence.Sequences;
import java.nio.FloatBuffer;

/** A copy of what somebody else has as [rows, size, time], with the steps in front. */
final class StepByStep {
  private final FloatBuffer floats;
  private final Kernel copy;

  StepByStep(Assembly assembly, Binding from, long rows, long size, long time) {
    Value theirs = assembly.input(from, rows, size, time);
    Tensor ours = assembly.allocate(Sequences.layout(rows, size, time));
    this.floats = ours.floats();
    this.copy = assembly.reorder(theirs.data(), ours);
  }

  /** Copies what is there now. */
  void load() {
    copy.run();
  }

  /** [time, rows, size], as it was copied last. */
  FloatBuffer floats() {
    return floats;
  }
}
