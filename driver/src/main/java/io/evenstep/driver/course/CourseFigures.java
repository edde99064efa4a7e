package io.evenstep.driver.course;

import io.evenstep.driver.run.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run that a course shows. */
final class CourseFigures {
  private static final List<String> SHOWN =
      List.of(
          "bitsPerCharacter",
          "accuracy",
          "errorLeft",
          "distance",
          "r2",
          "rmse",
          "loss",
          "f1",
          "auc",
          "mae");
  private static final int MOST = 3;

  private CourseFigures() {}

  /** {@code accuracy 0.982, loss 0.1031}, of the test rows, else of others. */
  static String words(RunReport report) {
    for (String split : List.of("test.", "validation.", "train.")) {
      List<String> words = new ArrayList<>();
      for (String name : SHOWN) {
        Double value = report.metrics().get(split + name);
        if (value != null && words.size() < MOST) {
          words.add(String.format(Locale.ROOT, "%s %.4g", name, value));
        }
      }
      if (!words.isEmpty()) {
        return (split.equals("test.") ? "" : split.replace(".", " ")) + String.join(", ", words);
      }
    }
    return others(report);
  }

  /** The first figures, whatever they are. */
  private static String others(RunReport report) {
    return report.metrics().entrySet().stream()
        .limit(MOST)
        .map(each -> String.format(Locale.ROOT, "%s %.4g", each.getKey(), each.getValue()))
        .reduce((one, next) -> one + ", " + next)
        .orElse("");
  }
}
