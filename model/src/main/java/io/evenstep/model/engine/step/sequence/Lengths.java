package io.evenstep.model.engine.step.sequence;

import io.evenstep.model.DataException;
import io.evenstep.model.engine.step.op.Assembly;
import io.evenstep.model.engine.step.op.Binding;
import java.nio.FloatBuffer;
import java.util.Locale;

/**
 * How many steps of each sequence count, read from a mask that is 1 for these and 0 for the rest.
 */
public final class Lengths {
  private final StepByStep mask; // [time, rows]
  private final int rows;
  private final int time;
  private final int[] lengths; // [rows]

  /**
   * @param mask [rows, time]
   */
  public Lengths(Assembly assembly, Binding mask, long rows, long time) {
    this.mask = new StepByStep(assembly, mask, rows, 1, time);
    this.rows = Math.toIntExact(rows);
    this.time = Math.toIntExact(time);
    this.lengths = new int[this.rows];
  }

  /**
   * Reads the current mask.
   *
   * @throws DataException when a masked step comes before one that counts, or when no step counts
   */
  public void load() {
    mask.load();
    FloatBuffer steps = mask.floats();
    for (int row = 0; row < rows; row++) {
      int length = 0;
      while (length < time && steps.get(length * rows + row) == 1) {
        length++;
      }
      for (int step = length; step < time; step++) {
        if (steps.get(step * rows + row) != 0) {
          throw invalid(row, step, steps.get(step * rows + row));
        }
      }
      if (length == 0) {
        throw invalid(row, 0, 0);
      }
      lengths[row] = length;
    }
  }

  private static DataException invalid(int row, int step, float entry) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "Invalid mask of a sequence: must be 1 for its first steps (at least one) and 0 for the"
                + " rest, got %s at step %d of row %d",
            entry,
            step,
            row));
  }

  /** How many steps of a row count, at least 1. */
  public int of(int row) {
    return lengths[row];
  }
}
