package io.evenstep.model.data;

import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.model.data.cell.NumberText;
import io.evenstep.model.data.cell.TimeCells;
import io.evenstep.model.time.TimeFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
   * @param format of times and numbers, see {@link Segment#format}
   * @param levels of ordinal cells, lowest first; else empty
   * @throws IllegalArgumentException for categories, images, texts and indicators
   */
  static CellReader of(Segment.Kind kind, String format, List<String> levels) {
    return switch (kind) {
      case NUMBER -> ofNumbers(NumberText.of(format));
      case ORDINAL -> ofLevels(levels);
      case TRUTH -> (cell, out) -> out[0] = CellValues.truth(cell);
      case NUMBERS -> (cell, out) -> CellValues.numbers(cell, out, 0, out.length);
      case TIME -> ofTimes(TimeFormat.of(format));
      case INDEX, ONE_HOT, IMAGE, INDICATOR, TEXT, TOKENS, NEXT_TOKENS ->
          throw new IllegalArgumentException("Cannot read numbers of " + kind);
    };
  }

  private static CellReader ofNumbers(NumberText text) {
    return (cell, out) -> out[0] = text.read(cell);
  }

  /** A level is its place in the list, from 0. */
  private static CellReader ofLevels(List<String> levels) {
    Map<String, Integer> places = new HashMap<>();
    levels.forEach(level -> places.put(level, places.size()));
    return (cell, out) -> {
      Integer place = places.get(CellValues.category(cell));
      if (place == null) {
        throw new InvalidValueException("must be one of the levels " + levels, cell);
      }
      out[0] = place;
    };
  }

  private static CellReader ofTimes(TimeFormat format) {
    return (cell, out) -> TimeCells.read(format, cell, out);
  }
}
