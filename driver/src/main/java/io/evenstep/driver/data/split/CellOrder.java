package io.evenstep.driver.data.split;

import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.model.data.cell.NumberText;
import io.evenstep.model.time.TimeFormat;
import java.io.Serializable;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The sort key of a cell: its time or its number. Other values come first. */
public final class CellOrder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String format;
  private final NumberText numbers;
  private transient @Nullable TimeFormat times; // TimeFormat is not Serializable

  /**
   * Creates an order.
   *
   * @param format of times
   * @param numbers how cells that are no times are written
   */
  public CellOrder(String format, NumberText numbers) {
    this.format = format;
    this.numbers = numbers;
  }

  public double of(Object cell) {
    TimeFormat known = times == null ? TimeFormat.of(format) : times;
    times = known;
    OptionalDouble seconds = known.seconds(cell);
    return seconds.isPresent() ? seconds.getAsDouble() : number(cell);
  }

  private double number(Object cell) {
    try {
      return numbers.read(cell);
    } catch (InvalidValueException e) {
      return Double.NEGATIVE_INFINITY;
    }
  }
}
