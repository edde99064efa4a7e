package io.evenstep.driver.profile;

import io.evenstep.driver.profile.ColumnProfile.Mark;
import io.evenstep.driver.profile.sniff.FoundSource.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the profile of a table as text for people. */
final class ProfileText {
  private static final int MOST_NAME = 30;
  private static final int MOST_CLASSES = 20;

  private final StringBuilder text = new StringBuilder();

  private ProfileText() {}

  /**
   * The profile.
   *
   * @param label column whose classes are counted; empty for none
   */
  static String of(TableProfile table, Optional<String> label) {
    ProfileText text = new ProfileText();
    text.source(table);
    text.columns(table);
    label.flatMap(table::column).ifPresent(text::balance);
    return text.text.toString();
  }

  private void source(TableProfile table) {
    line("%s", table.source().spec().words());
    for (Fact fact : table.source().facts()) {
      fact(fact.name(), fact.value() + (fact.why().isEmpty() ? "" : ", as " + fact.why()));
    }
    fact("rows", String.format(Locale.ROOT, "%,d", table.rows()));
    if (table.corrupt() > 0) {
      fact(
          "unreadable",
          String.format(
              Locale.ROOT, "%,d rows; the first %s", table.corrupt(), table.firstCorrupt()));
    }
    fact(
        "duplicates",
        String.format(
            Locale.ROOT,
            "%s%,d rows are duplicates",
            table.exact() ? "" : "about ",
            table.duplicates()));
  }

  private void columns(TableProfile table) {
    int width =
        Math.max(6, table.columns().stream().mapToInt(c -> name(c).length()).max().orElse(6));
    String row = "  %-" + width + "s  %-24s %9s %9s  %s";
    text.append('\n');
    line(row, "column", "found", "missing", "distinct", "values");
    for (ColumnProfile column : table.columns()) {
      line(
          row,
          name(column),
          column.found().words(),
          column.presence().missing() == 0
              ? "-"
              : ProfileWords.share(column.presence().missing(), column.presence().rows()),
          (column.values().exact() ? "" : "~") + column.values().distinct(),
          values(column));
    }
  }

  private static String name(ColumnProfile column) {
    String name = column.name().replaceAll("\\p{Cntrl}", " ");
    return name.length() <= MOST_NAME ? name : name.substring(0, MOST_NAME - 3) + "...";
  }

  private static String values(ColumnProfile column) {
    List<String> notes = new ArrayList<>();
    switch (column.found()) {
      case NUMBER, WHOLE, TIME, CATEGORY, TRUTH ->
          notes.add(ProfileWords.of(column).replaceFirst("^" + column.found().words() + ":? ", ""));
      default -> notes.add(ProfileWords.examples(column));
    }
    if (column.found() == Found.TIME) {
      notes.add("written as " + String.join(" or ", column.formats()));
    }
    if (column.found().isNumber() && !column.formats().isEmpty()) {
      notes.add("written with a decimal " + column.formats().get(0));
    }
    if (!column.presence().absent().isEmpty()) {
      notes.add("missing values are written " + String.join(", ", column.presence().absent()));
    }
    column.marks().stream().map(Mark::words).forEach(notes::add);
    notes.removeIf(String::isBlank);
    return String.join("; ", notes);
  }

  private void balance(ColumnProfile label) {
    if (label.values().counts().isEmpty() || label.values().distinct() > MOST_CLASSES) {
      return;
    }
    text.append('\n');
    line("  %s, in %,d rows", name(label), label.presence().present());
    for (Map.Entry<String, Long> value : label.values().counts()) {
      line(
          "    %-24s %,9d  %s",
          ProfileWords.shown(value.getKey()),
          value.getValue(),
          ProfileWords.share(value.getValue(), label.presence().present()));
    }
  }

  private void fact(String name, String value) {
    line("  %-12s %s", name, value);
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
