package io.evenstep.driver.report;

import io.evenstep.model.data.Scaling;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.TensorEncoding;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the numbers that a network sees of a row back into the values of its columns, for the first
 * few columns of numbers, truths and categories.
 */
final class RowCells {
  /** Maximum number of columns. */
  static final int MOST_COLUMNS = 8;

  private final List<Cell> cells;

  private RowCells(List<Cell> cells) {
    this.cells = List.copyOf(cells);
  }

  /**
   * A column.
   *
   * @param from index of its first number in the tensor
   * @param place which of the segment's columns it is
   */
  private record Cell(Segment segment, int from, int place) {
    String name() {
      return segment.columns().get(place);
    }

    String text(List<Float> features) {
      return switch (segment.kind()) {
        case ONE_HOT -> category(features);
        case INDEX, ORDINAL -> named(Math.round(original(features.get(from))));
        default -> Numbers.text(original(features.get(from)));
      };
    }

    /** The category with a one; empty for an unknown category. */
    private String category(List<Float> features) {
      for (int i = 0; i < segment.categories().size(); i++) {
        if (features.get(from + i) > 0.5) {
          return segment.categories().get(i);
        }
      }
      return "";
    }

    private String named(long index) {
      boolean known = index >= 0 && index < segment.categories().size();
      return known ? segment.categories().get((int) index) : "";
    }

    private double original(double number) {
      int pairs = segment.scaling().shift().size();
      return pairs == 0
          ? number
          : segment.scaling().undone(place * pairs / segment.columns().size(), number);
    }
  }

  /** For the rows of an input; without columns if it holds something else, such as an image. */
  static RowCells of(TensorEncoding input) {
    List<Cell> cells = new ArrayList<>();
    int from = 0;
    for (Segment segment : input.segments()) {
      int width = segment.width() / segment.columns().size();
      for (int i = 0; i < segment.columns().size(); i++) {
        if (isShown(segment) && cells.size() < MOST_COLUMNS) {
          cells.add(new Cell(segment, from + i * width, i));
        }
      }
      from += segment.width();
    }
    return new RowCells(cells);
  }

  /** Numbers that were transformed cannot be turned back. */
  private static boolean isShown(Segment segment) {
    Scaling scaling = segment.scaling();
    boolean single = segment.shape().isEmpty() && scaling.transforms().isEmpty();
    return single
        && switch (segment.kind()) {
          case NUMBER, TRUTH, INDEX, ORDINAL, ONE_HOT -> true;
          default -> false;
        };
  }

  /** The names of the columns. */
  List<String> columns() {
    return cells.stream().map(Cell::name).toList();
  }

  /**
   * The values of a row, one for each of {@link #columns}.
   *
   * @param features all numbers of the row
   */
  List<String> of(List<Float> features) {
    return cells.stream().map(cell -> cell.text(features)).toList();
  }
}
