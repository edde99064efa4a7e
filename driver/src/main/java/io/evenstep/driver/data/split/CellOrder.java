package io.evenstep.driver.data.split;

import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.model.time.TimeFormat;
import java.io.Serializable;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The sort key of a cell: its time or its number. Other values come first. */
public final class CellOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String format;
  private transient @Nullable TimeFormat times; // TimeFormat is not Serializable

  /**
   * Creates an order.
   *
   * @param format of times
   */
  public CellOrder(String format) {
    this.format = format;
  }

  public double of(Object cell) {
    TimeFormat known = times == null ? TimeFormat.of(format) : times;
    times = known;
    OptionalDouble seconds = known.seconds(cell);
    return seconds.isPresent() ? seconds.getAsDouble() : number(cell);
  }

  private static double number(Object cell) {
    try {
      return CellValues.number(cell);
    } catch (InvalidValueException e) {
      return Double.NEGATIVE_INFINITY;
    }
  }
}
