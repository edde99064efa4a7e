package io.evenstep.driver.run;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A confusion matrix as text: one line per actual class, one column per predicted class. */
final class ConfusionTable {
  private ConfusionTable() {}

  /**
   * CSV with one line per class: its name, the number of rows predicted as each class, its number
   * of rows, precision, recall and F1.
   *
   * @param classes names in order
   * @param rows [actual class][predicted class]
   */
  static String csv(List<String> classes, List<List<Long>> rows) {
    StringBuilder csv = new StringBuilder("class");
    classes.forEach(name -> csv.append(',').append(quoted("predicted " + name)));
    csv.append(",rows,precision,recall,f1\n");
    for (int actual = 0; actual < rows.size(); actual++) {
      csv.append(quoted(classes.get(actual)));
      rows.get(actual).forEach(count -> csv.append(',').append(count));
      csv.append(figures(rows, actual)).append('\n');
    }
    return csv.toString();
  }

  private static String figures(List<List<Long>> rows, int of) {
    long right = rows.get(of).get(of);
    long all = rows.get(of).stream().mapToLong(Long::longValue).sum();
    long called = rows.stream().mapToLong(row -> row.get(of)).sum();
    return String.format(
        Locale.ROOT,
        ",%d,%.4f,%.4f,%.4f",
        all,
        ratio(right, called),
        ratio(right, all),
        ratio(2 * right, all + called));
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /** The matrix formatted for a terminal. */
  static String text(List<String> classes, List<List<Long>> rows) {
    int width = classes.stream().mapToInt(String::length).max().orElse(1);
    width = Math.max(width, 6);
    StringBuilder text =
        new StringBuilder("Confusion matrix (rows: actual class, columns: predicted class)\n");
    String cell = "%" + (width + 1) + "s";
    text.append(String.format(Locale.ROOT, cell, ""));
    classes.forEach(name -> text.append(String.format(Locale.ROOT, cell, name)));
    for (int actual = 0; actual < rows.size(); actual++) {
      text.append('\n').append(String.format(Locale.ROOT, cell, classes.get(actual)));
      text.append(
          rows.get(actual).stream()
              .map(count -> String.format(Locale.ROOT, cell, count))
              .collect(Collectors.joining()));
    }
    return text.toString();
  }

  private static String quoted(String text) {
    return text.matches(".*[,\"\\s].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
