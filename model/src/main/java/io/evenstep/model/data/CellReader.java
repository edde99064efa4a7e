package io.evenstep.model.data;

import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.model.data.cell.TimeCells;
import io.evenstep.model.time.TimeFormat;

/** Reads cells of one kind as numbers. */
@FunctionalInterface
public interface CellReader {
  /** For cells that hold no numbers; reads nothing. */
  CellReader NONE =
      (cell, out) -> {
        throw new InvalidValueException("must be a number", cell);
      };

  /**
   * Reads a cell that has a value.
   *
   * @param out takes all numbers of the value
   * @throws InvalidValueException when the cell holds something else
   */
  void read(Object cell, double[] out) throws InvalidValueException;

  /**
   * A reader for a kind of cells that are numbers.
   *
   * @param format of times; else empty
   * @throws IllegalArgumentException for categories, images and indicators
   */
  static CellReader of(Segment.Kind kind, String format) {
    return switch (kind) {
      case NUMBER -> (cell, out) -> out[0] = CellValues.number(cell);
      case TRUTH -> (cell, out) -> out[0] = CellValues.truth(cell);
      case NUMBERS -> (cell, out) -> CellValues.numbers(cell, out, 0, out.length);
      case TIME -> ofTimes(TimeFormat.of(format));
      case INDEX, ONE_HOT, IMAGE, INDICATOR ->
          throw new IllegalArgumentException("Cannot read numbers of " + kind);
    };
  }

  private static CellReader ofTimes(TimeFormat format) {
    return (cell, out) -> TimeCells.read(format, cell, out);
  }
}
