package io.evenstep.driver.sweep;

import io.evenstep.driver.sweep.SweepResult.Ranked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The trials of a sweep as a table. */
public final class SweepTable {
  private SweepTable() {}

  /** For a file: all trials, with all digits. */
  static String csv(SweepResult result) {
    StringBuilder csv = new StringBuilder();
    for (List<String> line : lines(result, "%s")) {
      csv.append(line.stream().map(SweepTable::quoted).collect(Collectors.joining(",")));
      csv.append('\n');
    }
    return csv.toString();
  }

  /** For the terminal. */
  public static String text(SweepResult result) {
    List<List<String>> lines = lines(result, "%.4f");
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int of = column;
        int width = lines.stream().mapToInt(each -> each.get(of).length()).max().orElse(0);
        row.append(line.get(column)).append(" ".repeat(width - line.get(column).length() + 2));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static List<List<String>> lines(SweepResult result, String format) {
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("trial", "epochs", result.metric()));
    head.addAll(result.keys());
    head.add("failure");
    lines.add(head);
    for (Ranked trial : result.ranking()) {
      List<String> line = new ArrayList<>(List.of(trial.run(), Integer.toString(trial.epochs())));
      line.add(trial.value().map(value -> String.format(Locale.ROOT, format, value)).orElse(""));
      result.keys().forEach(key -> line.add(trial.values().getOrDefault(key, "")));
      line.add(trial.failure().lines().findFirst().orElse(""));
      lines.add(line);
    }
    return lines;
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
