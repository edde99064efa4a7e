package io.evenstep.model.data.cell;

import io.evenstep.model.time.TimeFormat;
import io.evenstep.model.time.TimeParts;
import java.util.OptionalDouble;

/** Reads cells that hold dates and times. */
public final class TimeCells {
  private TimeCells() {}

  /**
   * Reads a date or time as numbers.
   *
   * @param out receives one for each of {@link TimeParts#NAMES}
   * @throws InvalidValueException when the cell has another format
   */
  public static void read(TimeFormat format, Object cell, double[] out)
      throws InvalidValueException {
    OptionalDouble seconds = format.seconds(cell);
    if (seconds.isEmpty()) {
      throw new InvalidValueException("must be a time written as " + format.name(), cell);
    }
    TimeParts.of(seconds.getAsDouble(), out);
  }
}
