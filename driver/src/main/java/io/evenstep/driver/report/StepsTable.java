package io.evenstep.driver.report;

import io.evenstep.driver.report.Series.Fold;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The history of a training by step, in the format of {@code steps.csv}: one row per step while
 * there are few steps, else one row for several neighbouring steps. Values that were not measured
 * are empty.
 */
final class StepsTable {
  /** Maximum number of rows. */
  static final int MOST_ROWS = 1_000;

  static final int STEP = 0;
  static final int EPOCH = 1;
  static final int SECONDS = 2;
  static final int LOSS = 3;
  static final int LEAST_LOSS = 4;
  static final int MOST_LOSS = 5;
  static final int RATE = 6;
  static final int LEARNING_RATE = 7;
  static final int GRADIENT_NORM = 8;
  static final int UPDATE_RATIO = 9;

  private static final Map<String, Fold> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("step", Fold.LAST);
    COLUMNS.put("epoch", Fold.LAST);
    COLUMNS.put("seconds", Fold.LAST);
    COLUMNS.put("train.loss", Fold.MEAN);
    COLUMNS.put("train.loss.least", Fold.LEAST);
    COLUMNS.put("train.loss.most", Fold.MOST);
    COLUMNS.put("examplesPerSecond", Fold.MEAN);
    COLUMNS.put("learningRate", Fold.LAST);
    COLUMNS.put("gradientNorm", Fold.MEAN);
    COLUMNS.put("updateRatio", Fold.MEAN);
  }

  private StepsTable() {}

  static Series empty() {
    return new Series(MOST_ROWS, List.copyOf(COLUMNS.values()));
  }

  static String csv(Series steps) {
    StringBuilder lines = new StringBuilder(String.join(",", COLUMNS.keySet())).append('\n');
    for (double[] row : steps.rows()) {
      lines.append(
          Arrays.stream(row).mapToObj(StepsTable::text).collect(Collectors.joining(",", "", "\n")));
    }
    return lines.toString();
  }

  /** A number as text; empty for NaN. */
  static String text(double number) {
    if (Double.isNaN(number)) {
      return "";
    }
    boolean isWhole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return isWhole ? Long.toString((long) number) : Double.toString(number);
  }

  /**
   * Reads the output of {@link #csv}. Skips damaged rows, because a damaged table must not prevent
   * a run from resuming.
   */
  static Series read(String csv) {
    Series steps = empty();
    csv.lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .filter(cells -> cells.length == COLUMNS.size())
        .forEach(cells -> add(steps, cells));
    return steps;
  }

  private static void add(Series steps, String[] cells) {
    try {
      steps.add(
          Arrays.stream(cells)
              .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
              .toArray());
    } catch (NumberFormatException e) {
      return; // a damaged line
    }
  }
}
