package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.window.Window;
import java.nio.FloatBuffer;

/** The mask of the windows over steps: a window counts if one of its steps does. */
public final class WindowMaskOp implements Op {
  private final StepByStep mask; // [time, rows]
  private final FloatBuffer windows; // [rows, places]
  private final Window window;
  private final int rows;
  private final int time;
  private final int places;

  private WindowMaskOp(StepByStep mask, Tensor windows, Window window, long rows, long time) {
    this.mask = mask;
    this.windows = windows.floats();
    this.window = window;
    this.rows = Math.toIntExact(rows);
    this.time = Math.toIntExact(time);
    this.places = Math.toIntExact(window.places(0, time));
  }

  /**
   * @param mask [rows, time]
   * @return [rows, places of the window], in the program's memory
   */
  public static Binding add(Assembly assembly, Binding mask, Window window, long rows, long time) {
    Tensor windows = assembly.allocate(Layout.plain(rows, window.places(0, time)));
    StepByStep copy = new StepByStep(assembly, mask, rows, 1, time);
    assembly.add(new WindowMaskOp(copy, windows, window, rows, time));
    Binding place = new Binding();
    place.bind(windows.address());
    return place;
  }

  @Override
  public void forward() {
    mask.load();
    for (int row = 0; row < rows; row++) {
      for (int place = 0; place < places; place++) {
        windows.put(row * places + place, largest(row, place));
      }
    }
  }

  private float largest(int row, int place) {
    long begin = place * window.stride()[0] - window.before()[0];
    float largest = 0;
    for (int i = 0; i < window.kernel()[0]; i++) {
      long step = begin + i * window.dilation()[0];
      if (step >= 0 && step < time) {
        largest = Math.max(largest, mask.floats().get((int) step * rows + row));
      }
    }
    return largest;
  }

  @Override
  public void backward() {}
}
