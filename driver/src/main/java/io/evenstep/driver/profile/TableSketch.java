package io.evenstep.driver.profile;

import io.evenstep.model.SplitMix64;
import io.evenstep.model.data.cell.CellValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statistics of a table's rows. */
final class TableSketch implements Serializable {
  private static final long serialVersionUID = 1L;

  final List<ColumnSketch> columns = new ArrayList<>();
  final DistinctSketch distinctRows = new DistinctSketch();
  private final int label; // index of the label column, or -1
  private final @Nullable Double[] numbers; // of the current row
  long rows;
  long corrupt;
  String firstCorrupt = "";

  /**
   * An empty sketch.
   *
   * @param columns of the table
   * @param label column, or -1 for none
   */
  TableSketch(int columns, int label) {
    this.label = label;
    this.numbers = new Double[columns];
    for (int i = 0; i < columns; i++) {
      this.columns.add(new ColumnSketch());
    }
  }

  /** Adds an unreadable row. */
  void addCorrupt(String why) {
    firstCorrupt = corrupt == 0 ? why : firstCorrupt;
    corrupt++;
  }

  /** Adds a row. */
  void add(@Nullable Object[] cells) {
    rows++;
    long hash = 0;
    for (int i = 0; i < cells.length; i++) {
      numbers[i] = columns.get(i).add(cells[i]);
      hash = SplitMix64.mix(hash + SplitMix64.GOLDEN) ^ DistinctSketch.hash(text(cells[i]));
    }
    distinctRows.add(SplitMix64.mix(hash));
    if (label >= 0 && !text(cells[label]).isEmpty()) {
      link(cells);
    }
  }

  private void link(@Nullable Object[] cells) {
    String is = text(cells[label]);
    for (int i = 0; i < cells.length; i++) {
      String value = text(cells[i]);
      if (i != label && !value.isEmpty()) {
        columns.get(i).link.add(value, is, numbers[i], numbers[label]);
      }
    }
  }

  private static String text(@Nullable Object cell) {
    return cell == null ? "" : CellValues.category(cell);
  }

  /** Merges the sketch of later rows. */
  void add(TableSketch later) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).add(later.columns.get(i));
    }
    distinctRows.add(later.distinctRows);
    rows += later.rows;
    firstCorrupt = corrupt == 0 ? later.firstCorrupt : firstCorrupt;
    corrupt += later.corrupt;
  }
}
