package io.evenstep.driver.compare;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** A comparison as text. */
public final class LearnerScores {
  private LearnerScores() {}

  /** One line a learner, in order. */
  public static String text(List<LearnerScore> scores) {
    int name = scores.stream().mapToInt(one -> one.name().length()).max().orElse(0);
    String line = "%-" + Math.max(7, name) + "s  %8s  %8s  %17s  %8s%n";
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, line, "learner", "training", "test", "cross-validation", "seconds"));
    for (LearnerScore one : scores) {
      text.append(
          String.format(
              Locale.ROOT,
              line,
              one.name(),
              number(one.training()),
              number(one.test()),
              folds(one),
              String.format(Locale.ROOT, "%.1f", one.seconds())));
    }
    return text.toString();
  }

  private static String folds(LearnerScore one) {
    if (one.mean().isEmpty()) {
      return "-";
    }
    String mean = number(one.mean().getAsDouble());
    OptionalDouble deviation = one.deviation();
    return deviation.isPresent() ? mean + " ± " + number(deviation.getAsDouble()) : mean;
  }

  private static String number(double accuracy) {
    return String.format(Locale.ROOT, "%.4f", accuracy);
  }

  /** The same as CSV. */
  public static String csv(List<LearnerScore> scores) {
    StringBuilder text =
        new StringBuilder("learner,training,test,cross_validation,deviation,seconds\n");
    for (LearnerScore one : scores) {
      text.append(
          String.format(
              Locale.ROOT,
              "\"%s\",%s,%s,%s,%s,%.2f%n",
              one.name(),
              number(one.training()),
              number(one.test()),
              one.mean().isPresent() ? number(one.mean().getAsDouble()) : "",
              one.deviation().isPresent() ? number(one.deviation().getAsDouble()) : "",
              one.seconds()));
    }
    return text.toString();
  }
}
