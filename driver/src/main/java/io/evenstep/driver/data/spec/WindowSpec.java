package io.evenstep.driver.data.spec;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Windows over the rows of a table in the order of time, for forecasts; or whole series, for rows
 * in the long format.
 *
 * @param time column that orders the rows
 * @param format of the times
 * @param key columns that name the series of a row; empty for a single series
 * @param history rows that the network sees; {@link #WHOLE} for all rows of a series, whose label
 *     is that of its last row
 * @param horizon rows after them whose labels it predicts; 0 for rows without labels
 * @param step rows from one window to the next, at least 1
 * @param cells what becomes of cells
 */
public record WindowSpec(
    String time, String format, List<String> key, int history, int horizon, int step, Cells cells)
    implements Serializable {
  /** The column with the time of a window's first row, a number. */
  public static final String START = "window_start";

  /** The column with the time of a window's last row, its horizon included, a number. */
  public static final String END = "window_end";

  /** A history of all rows of a series. */
  public static final int WHOLE = 0;

  /** Copies the list. */
  public WindowSpec {
    key = List.copyOf(key);
  }

  /** What to do with a missing cell in the history. */
  public enum Gap {
    /** It is an error. */
    REFUSE,
    /** The window is left out. */
    DROP,
    /** The previous value of the series replaces it; without one, the window is left out. */
    PREVIOUS
  }

  /**
   * What becomes of cells.
   *
   * @param features columns of the history, as names, ranges or globs; empty for all
   * @param labels columns to predict
   * @param classes whether only the label of the last row of the horizon is predicted
   * @param gap what to do with a missing cell in the history
   * @param absent texts that stand for no value, besides blank ones
   */
  public record Cells(
      List<String> features, List<String> labels, boolean classes, Gap gap, List<String> absent)
      implements Serializable {
    /** Copies the lists. */
    public Cells {
      features = List.copyOf(features);
      labels = List.copyOf(labels);
      absent = List.copyOf(absent);
    }
  }

  /** Windows of rows without labels: one that ends at each row. */
  public WindowSpec unlabelled() {
    Cells bare = new Cells(cells.features(), List.of(), false, cells.gap(), cells.absent());
    return new WindowSpec(time, format, key, history, 0, 1, bare);
  }

  /** Whether a window is a whole series. */
  public boolean isWhole() {
    return history == WHOLE;
  }

  /** The columns of a window that are no features unless the job names them. */
  public List<String> ownColumns() {
    List<String> own = new ArrayList<>(key);
    own.addAll(List.of(time, START, END));
    return own;
  }

  /** Whether a window has one value of a column: the last one. */
  public boolean isSingle(String column) {
    boolean label = isWhole() && cells.labels().contains(column);
    return label || column.equals(time) || key.contains(column);
  }

  /** The columns of the history among those of a table. */
  public List<String> features(List<String> columns) {
    Set<String> features = new LinkedHashSet<>();
    cells.features().forEach(name -> features.addAll(ColumnNames.matching(name, columns)));
    if (cells.features().isEmpty()) {
      features.addAll(columns);
    }
    features.remove(time);
    features.removeAll(key);
    if (isWhole()) {
      features.removeAll(cells.labels());
    }
    return List.copyOf(features);
  }

  /** The columns with the labels of a window. */
  public List<String> labelColumns() {
    if (isWhole()) {
      return cells.labels();
    }
    return cells.labels().stream()
        .flatMap(
            label ->
                IntStream.rangeClosed(cells.classes() ? horizon : 1, horizon)
                    .mapToObj(ahead -> label + "+" + ahead))
        .toList();
  }
}
