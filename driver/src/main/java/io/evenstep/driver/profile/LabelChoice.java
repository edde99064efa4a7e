package io.evenstep.driver.profile;

import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.driver.profile.ColumnProfile.Mark;
import io.evenstep.model.DataException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The column to predict.
 *
 * @param column the label
 * @param task whether it is a class or a number
 * @param why reason for the task
 */
record LabelChoice(ColumnProfile column, Task task, String why) {
  private static final int MOST_NUMBERED_CLASSES = 20;
  private static final int LEAST_ROWS_A_CLASS = 10;
  private static final int UNEQUAL = 10; // times the rows of the rarest class

  /**
   * Decides what a label is.
   *
   * @param asked by the user; empty to guess
   * @throws DataException when the column cannot be predicted
   */
  static LabelChoice of(ColumnProfile column, Optional<Task> asked) {
    requireUsable(column);
    if (asked.isPresent()) {
      return new LabelChoice(column, asked.get(), "set by --task");
    }
    boolean number = column.found().isNumber();
    if (!number) {
      return new LabelChoice(column, Task.CLASSIFICATION, ProfileWords.of(column));
    }
    boolean few =
        column.found() == Found.WHOLE
            && column.values().distinct() <= MOST_NUMBERED_CLASSES
            && (column.values().distinct() <= 2
                || column.presence().present() >= LEAST_ROWS_A_CLASS * column.values().distinct());
    String words = column.values().distinct() + " different " + column.found().words();
    return few
        ? new LabelChoice(column, Task.CLASSIFICATION, words + "; use regression for a quantity")
        : new LabelChoice(column, Task.REGRESSION, words);
  }

  /**
   * Why the classes should be weighted: one class has many times the rows of another. Empty
   * otherwise, or if a class is too rare for a weight to help.
   */
  Optional<String> imbalance() {
    List<Map.Entry<String, Long>> counts = column.values().counts(); // the most frequent first
    if (!isClass() || counts.size() < 2) {
      return Optional.empty();
    }
    Map.Entry<String, Long> rarest = counts.get(counts.size() - 1);
    long most = counts.get(0).getValue();
    boolean unequal =
        rarest.getValue() >= LEAST_ROWS_A_CLASS && most >= UNEQUAL * rarest.getValue();
    return Optional.of(
            String.format(
                Locale.ROOT,
                "%s has %.1f %% of the rows; remove this if only accuracy matters",
                ProfileWords.shown(rarest.getKey()),
                100.0 * rarest.getValue() / column.presence().present()))
        .filter(words -> unequal);
  }

  private static void requireUsable(ColumnProfile column) {
    String name = column.name();
    boolean nested = column.found() == Found.NESTED || column.found() == Found.NUMBERS;
    if (column.found() == Found.EMPTY || column.is(Mark.CONSTANT)) {
      throw new DataException(
          "Cannot predict column "
              + name
              + ": it must have at least 2 different values, got "
              + (column.found() == Found.EMPTY ? "none" : ProfileWords.examples(column))
              + "; choose another column with --label");
    } else if (nested || column.found() == Found.TIME || column.found() == Found.TEXT) {
      throw new DataException(
          "Cannot predict column "
              + name
              + ": it must have numbers or a few classes, got "
              + ProfileWords.of(column)
              + "; choose another column with --label");
    }
  }

  boolean isClass() {
    return task == Task.CLASSIFICATION;
  }
}
