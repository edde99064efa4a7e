package io.evenstep.model.engine.step.attention;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import io.evenstep.model.engine.step.op.Op;
import io.evenstep.model.engine.step.sequence.Lengths;
import io.evenstep.model.layer.SelfAttention;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Writes what is added to the scores of attention: 0 for steps that are seen, and far below 0 for
 * padding and, if each step sees only earlier ones, for later steps.
 */
final class HiddenSteps implements Op {
  private final Lengths lengths;
  private final Tensor scores; // [rows heads, time, time]
  private final FloatBuffer added; // the same
  private final int rows;
  private final int heads;
  private final int time;
  private final boolean isCausal;
  private final float[] one; // [time, time], of one row

  /**
   * @param mask [rows, time]
   */
  HiddenSteps(Assembly assembly, Binding mask, long rows, long heads, long time, boolean isCausal) {
    this.lengths = new Lengths(assembly, mask, rows, time);
    this.scores = assembly.allocate(Layout.plain(rows * heads, time, time));
    this.added = scores.floats();
    this.rows = Math.toIntExact(rows);
    this.heads = Math.toIntExact(heads);
    this.time = Math.toIntExact(time);
    this.isCausal = isCausal;
    this.one = new float[Math.toIntExact(time * time)];
  }

  /** What is added, [rows heads, time, time]. */
  Tensor scores() {
    return scores;
  }

  @Override
  public void forward() {
    lengths.load();
    int at = 0;
    for (int row = 0; row < rows; row++) {
      fill(lengths.of(row));
      for (int head = 0; head < heads; head++) {
        added.put(at, one);
        at += one.length;
      }
    }
  }

  private void fill(int length) {
    for (int step = 0; step < time; step++) {
      int seen = isCausal ? Math.min(length, step + 1) : length;
      Arrays.fill(one, step * time, step * time + seen, 0);
      Arrays.fill(one, step * time + seen, (step + 1) * time, SelfAttention.NEVER);
    }
  }

  @Override
  public void backward() {
    // what is added has no parameters
  }
}
