package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.op.Value;
import java.nio.FloatBuffer;
import java.util.Optional;

/** Multiplies steps by their mask, in place: masked steps become 0. */
public final class MaskOp implements Op {
  private final StepByStep mask; // [time, rows]
  private final int size;
  private final FloatBuffer numbers; // [time, rows, size]
  private final Optional<FloatBuffer> slopes;

  private MaskOp(StepByStep mask, Value in) {
    this.mask = mask;
    this.size = Math.toIntExact(in.size(1));
    this.numbers = in.data().floats();
    this.slopes = in.slope().map(Tensor::floats);
  }

  /**
   * @param given [rows, size, time], not used by anything else
   * @param mask [rows, time]
   */
  public static Value add(Assembly assembly, Value given, Binding mask) {
    Value in = Sequences.stepByStep(assembly, given);
    assembly.add(new MaskOp(new StepByStep(assembly, mask, in.size(0), 1, in.size(2)), in));
    return in;
  }

  @Override
  public void forward() {
    mask.load();
    multiply(numbers);
  }

  @Override
  public void backward() {
    if (slopes.isPresent()) {
      multiply(slopes.get());
    }
  }

  private void multiply(FloatBuffer floats) {
    for (int i = 0; i < floats.limit(); i++) {
      floats.put(i, floats.get(i) * mask.floats().get(i / size));
    }
  }
}
