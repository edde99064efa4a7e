package io.evenstep.driver.profile;

import io.evenstep.driver.profile.sniff.MissingTexts;
import io.evenstep.driver.profile.sniff.NumberTexts;
import io.evenstep.model.data.cell.CellValues;
import io.evenstep.model.data.cell.InvalidValueException;
import io.evenstep.model.data.cell.NumberText;
import io.evenstep.model.data.cell.Truths;
import io.evenstep.model.time.TimeFormat;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statistics of one column's cells. Its size does not grow with the rows. */
final class ColumnSketch implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_VALUES = 2_000;
  private static final int MOST_ODD = 50;
  private static final int EXAMPLES = 3;
  private static final int MOST_TEXT = 1_000;
  private static final TimeFormat TIMES = TimeFormat.of(TimeFormat.ISO);

  final ValueCounts values = new ValueCounts(MOST_VALUES);
  final ValueCounts missingTexts = new ValueCounts(MOST_ODD);
  final ValueCounts odd = new ValueCounts(MOST_ODD); // texts that are not numbers
  final DistinctSketch distinct = new DistinctSketch();
  final TimeSketch times = new TimeSketch();
  final NumberTexts points = new NumberTexts(NumberText.POINT);
  final NumberTexts commas = new NumberTexts(NumberText.COMMA);
  final LabelLink link = new LabelLink();
  final Set<String> examples = new LinkedHashSet<>();
  long empty;
  long numbers;
  long whole;
  long truths;
  long truthWords;
  long moments; // cells of a date or time type
  long texts; // cells of any other type than number, boolean or time
  long lists;
  long others;
  long characters;
  long words;
  double least = Double.POSITIVE_INFINITY;
  double most = Double.NEGATIVE_INFINITY;
  private double first = Double.NaN;
  private double last = Double.NaN;
  private boolean counts = true; // each number is the previous one plus 1

  /** Adds a cell; returns its number, or null. */
  @Nullable Double add(@Nullable Object cell) {
    if (cell == null || CellValues.isMissing(cell)) {
      empty++;
    } else if (cell instanceof List<?> || cell instanceof double[]) {
      lists++;
      example(cell instanceof double[] array ? array.length + " numbers" : String.valueOf(cell));
    } else if (isPlain(cell)) {
      return addPlain(cell);
    } else {
      others++;
    }
    return null;
  }

  private static boolean isPlain(Object cell) {
    return cell instanceof String
        || cell instanceof Number
        || cell instanceof Boolean
        || TIMES.seconds(cell).isPresent();
  }

  private @Nullable Double addPlain(Object cell) {
    String text = CellValues.category(cell);
    if (isMissingText(cell, text)) {
      missingTexts.add(text, 1);
      return null;
    }
    String kept = text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text;
    distinct.add(text);
    values.add(kept, 1);
    example(kept);
    if (!(cell instanceof String) && !(cell instanceof Number) && !(cell instanceof Boolean)) {
      moments++;
      times.add(TIMES.seconds(cell).orElseThrow());
      return null;
    }
    return addWord(cell, text, kept);
  }

  private static boolean isMissingText(Object cell, String text) {
    boolean says = cell instanceof String && MissingTexts.contains(text);
    return says || (cell instanceof Number number && Double.isNaN(number.doubleValue()));
  }

  private @Nullable Double addWord(Object cell, String text, String kept) {
    boolean isWord = Truths.of(text).isPresent();
    Double number = isWord ? null : number(cell);
    boolean zeroOrOne = number != null && (number == 0 || number == 1);
    truths += isWord || zeroOrOne ? 1 : 0;
    truthWords += isWord ? 1 : 0;
    if (number != null) {
      addNumber(number);
    } else {
      texts += isWord ? 0 : 1;
      odd.add(kept, 1);
      characters += text.length();
      words += text.split("\\s+").length;
    }
    if (cell instanceof String) {
      times.add(text);
      points.add(text);
      commas.add(text);
    }
    return number;
  }

  private static @Nullable Double number(Object cell) {
    try {
      return CellValues.number(cell);
    } catch (InvalidValueException e) {
      return null;
    }
  }

  private void addNumber(double number) {
    numbers++;
    whole += number == Math.rint(number) ? 1 : 0;
    least = Math.min(least, number);
    most = Math.max(most, number);
    counts &= Double.isNaN(last) || number == last + 1;
    first = Double.isNaN(first) ? number : first;
    last = number;
  }

  private void example(String text) {
    if (examples.size() < EXAMPLES) {
      examples.add(text);
    }
  }

  void add(ColumnSketch later) {
    values.add(later.values);
    missingTexts.add(later.missingTexts);
    odd.add(later.odd);
    distinct.add(later.distinct);
    times.add(later.times);
    points.add(later.points);
    commas.add(later.commas);
    link.add(later.link);
    later.examples.forEach(this::example);
    empty += later.empty;
    numbers += later.numbers;
    whole += later.whole;
    truths += later.truths;
    truthWords += later.truthWords;
    moments += later.moments;
    texts += later.texts;
    lists += later.lists;
    others += later.others;
    characters += later.characters;
    words += later.words;
    least = Math.min(least, later.least);
    most = Math.max(most, later.most);
    boolean follows = Double.isNaN(last) || Double.isNaN(later.first) || later.first == last + 1;
    counts &= later.counts && follows;
    first = Double.isNaN(first) ? later.first : first;
    last = Double.isNaN(later.last) ? last : later.last;
  }

  /** Whether its numbers increase by one from row to row. */
  boolean isCounter() {
    return counts && numbers > 1;
  }
}
