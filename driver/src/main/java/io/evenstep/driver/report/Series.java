package io.evenstep.driver.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A bounded series of rows of numbers. When there are too many rows, neighbours are merged. The
 * first column increases from row to row. Unknown numbers are NaN.
 */
final class Series {
  /** How to merge a column's numbers. */
  enum Fold {
    /** The last known number. */
    LAST,
    /** The mean of the known numbers. */
    MEAN,
    LEAST,
    MOST
  }

  /** A row, and how many known numbers each of its values represents. */
  private record Row(double[] numbers, int[] counts, int width) {}

  private final int most;
  private final List<Fold> folds;
  private final List<Row> rows = new ArrayList<>();
  private int width = 1; // original rows per merged row

  /**
   * @param most maximum number of rows, even and at least 2
   * @param folds one per column; the first must be LAST
   */
  Series(int most, List<Fold> folds) {
    this.most = most;
    this.folds = List.copyOf(folds);
  }

  /** Adds a row, one number per column. */
  void add(double... numbers) {
    int[] counts =
        DoubleStream.of(numbers).mapToInt(number -> Double.isNaN(number) ? 0 : 1).toArray();
    Row row = new Row(numbers.clone(), counts, 1);
    int last = rows.size() - 1;
    if (last >= 0 && rows.get(last).width < width) {
      rows.set(last, joined(rows.get(last), row));
      return;
    }
    if (rows.size() == most) {
      for (int i = 0; i < most / 2; i++) {
        rows.set(i, joined(rows.get(2 * i), rows.get(2 * i + 1)));
      }
      rows.subList(most / 2, most).clear();
      width *= 2;
    }
    rows.add(row);
  }

  /** Sets numbers of the newest row that became known later, starting at a column. */
  void amend(int column, double... numbers) {
    if (!rows.isEmpty()) {
      double[] more = new double[folds.size()];
      Arrays.fill(more, Double.NaN);
      System.arraycopy(numbers, 0, more, column, numbers.length);
      int[] counts =
          DoubleStream.of(more).mapToInt(number -> Double.isNaN(number) ? 0 : 1).toArray();
      Row last = rows.get(rows.size() - 1);
      Row amended = joined(last, new Row(more, counts, 0));
      rows.set(rows.size() - 1, amended);
    }
  }

  private Row joined(Row one, Row next) {
    double[] numbers = new double[folds.size()];
    int[] counts = new int[folds.size()];
    for (int i = 0; i < numbers.length; i++) {
      counts[i] = one.counts[i] + next.counts[i];
      numbers[i] =
          one.counts[i] == 0
              ? next.numbers[i]
              : next.counts[i] == 0 ? one.numbers[i] : folded(i, one, next);
    }
    return new Row(numbers, counts, one.width + next.width);
  }

  private double folded(int i, Row one, Row next) {
    return switch (folds.get(i)) {
      case LAST -> next.numbers[i];
      case LEAST -> Math.min(one.numbers[i], next.numbers[i]);
      case MOST -> Math.max(one.numbers[i], next.numbers[i]);
      case MEAN ->
          (one.numbers[i] * one.counts[i] + next.numbers[i] * next.counts[i])
              / (one.counts[i] + next.counts[i]);
    };
  }

  /** Removes the rows with a first number above {@code limit}. */
  void dropAfter(double limit) {
    rows.removeIf(row -> row.numbers[0] > limit);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The rows in order; one number per column. */
  List<double[]> rows() {
    return rows.stream().map(row -> row.numbers.clone()).toList();
  }

  /** The numbers of one column, in order. */
  List<Double> column(int column) {
    return rows.stream().map(row -> row.numbers[column]).toList();
  }
}
