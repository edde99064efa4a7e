package io.evenstep.driver.profile;

import io.evenstep.driver.profile.ColumnProfile.Mark;
import io.evenstep.driver.profile.sniff.OrdinalScales;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decides how to use each column other than the label. */
final class Uses {
  private static final int SHOWN = 5;
  private static final double MOSTLY_MISSING = 0.999;

  private Uses() {}

  /**
   * The use of each column.
   *
   * @param columns all except the label
   * @throws DataException when no column can be used
   */
  static List<Use> of(List<ColumnProfile> columns) {
    List<Use> strict = new ArrayList<>();
    columns.forEach(column -> strict.add(of(column)));
    if (strict.stream().anyMatch(Use::isFeature)) {
      return strict;
    }
    List<Use> lenient = new ArrayList<>(); // a doubtful feature is better than none
    columns.forEach(column -> lenient.add(byType(column)));
    if (lenient.stream().noneMatch(Use::isFeature)) {
      throw new DataException(
          "Cannot write a job: the table must have a usable column besides the label; "
              + String.join("; ", lenient.stream().limit(SHOWN).map(Uses::complaint).toList()));
    }
    return lenient;
  }

  private static String complaint(Use use) {
    return ProfileWords.shown(use.column().name()) + " " + use.why();
  }

  private static Use of(ColumnProfile column) {
    if (column.is(Mark.TELLS_LABEL)) {
      return Use.leftOut(column, Mark.TELLS_LABEL.words());
    } else if (column.is(Mark.COUNTER)) {
      return Use.leftOut(column, Mark.COUNTER.words());
    } else if (column.is(Mark.ID)) {
      return Use.leftOut(column, Mark.ID.words());
    } else if (column.presence().missing() > MOSTLY_MISSING * column.presence().rows()) {
      return Use.leftOut(column, "has hardly any values");
    }
    return byType(column);
  }

  private static Use byType(ColumnProfile column) {
    if (column.is(Mark.CONSTANT) && column.presence().missing() == 0) {
      return Use.leftOut(column, Mark.CONSTANT.words());
    }
    return switch (column.found()) {
      case NUMBER, WHOLE -> new Use(column, "numeric", format(column), words(column));
      case TRUTH -> Use.as("boolean", column, words(column));
      case CATEGORY -> category(column);
      case TIME -> new Use(column, "time", format(column), words(column) + ambiguity(column));
      case TEXT -> text(column);
      case NUMBERS -> Use.leftOut(column, "has lists; use type vector if all have the same length");
      case NESTED -> Use.leftOut(column, "has nested values");
      case EMPTY -> Use.leftOut(column, "has no values");
    };
  }

  private static Use category(ColumnProfile column) {
    List<String> values = column.values().counts().stream().map(Map.Entry::getKey).toList();
    boolean all = values.size() == column.values().distinct();
    Optional<List<String>> order = all ? OrdinalScales.order(values) : Optional.empty();
    return order
        .map(
            levels ->
                new Use(
                    column,
                    "ordinal",
                    ", levels: " + YamlText.of(levels),
                    "words with a known order" + missing(column)))
        .orElseGet(() -> Use.as("categorical", column, words(column)));
  }

  /** Names and codes that are nearly all different are no use; sentences are. */
  private static Use text(ColumnProfile column) {
    String distinct =
        String.format(Locale.ROOT, "text with %,d distinct values", column.values().distinct());
    return column.is(Mark.WORDY)
        ? new Use(
            column,
            "text",
            ", terms: " + Use.terms(column),
            distinct + ", as TF-IDF of its words" + missing(column))
        : Use.leftOut(column, "is " + distinct);
  }

  private static String format(ColumnProfile column) {
    return column.formats().isEmpty() ? "" : ", format: " + YamlText.of(column.formats().get(0));
  }

  private static String ambiguity(ColumnProfile column) {
    return column.formats().size() > 1 && column.formats().get(0).startsWith("M/d")
        ? "; the order month, day is a guess, because no day is above 12"
        : "";
  }

  private static String words(ColumnProfile column) {
    return ProfileWords.of(column) + missing(column);
  }

  private static String missing(ColumnProfile column) {
    return column.presence().missing() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            ", %,d of %,d missing",
            column.presence().missing(),
            column.presence().rows());
  }
}
