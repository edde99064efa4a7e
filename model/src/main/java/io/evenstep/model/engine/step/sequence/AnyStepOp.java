package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Op;
import java.nio.FloatBuffer;
import java.util.List;

/** The mask of the steps that count in any of several masks. */
public final class AnyStepOp implements Op {
  private final List<StepByStep> masks; // [time, rows]
  private final FloatBuffer any; // [rows, time]
  private final int rows;
  private final int time;

  private AnyStepOp(List<StepByStep> masks, Tensor any, long rows, long time) {
    this.masks = List.copyOf(masks);
    this.any = any.floats();
    this.rows = Math.toIntExact(rows);
    this.time = Math.toIntExact(time);
  }

  /**
   * @param masks [rows, time] each
   * @return [rows, time], in the program's memory
   */
  public static Binding add(Assembly assembly, List<Binding> masks, long rows, long time) {
    Tensor any = assembly.allocate(Layout.plain(rows, time));
    List<StepByStep> copies =
        masks.stream().map(mask -> new StepByStep(assembly, mask, rows, 1, time)).toList();
    assembly.add(new AnyStepOp(copies, any, rows, time));
    Binding place = new Binding();
    place.bind(any.address());
    return place;
  }

  @Override
  public void forward() {
    masks.forEach(StepByStep::load);
    for (int row = 0; row < rows; row++) {
      for (int step = 0; step < time; step++) {
        any.put(row * time + step, largest(step * rows + row));
      }
    }
  }

  private float largest(int place) {
    float largest = 0;
    for (int i = 0; i < masks.size(); i++) {
      largest = Math.max(largest, masks.get(i).floats().get(place));
    }
    return largest;
  }

  @Override
  public void backward() {}
}
