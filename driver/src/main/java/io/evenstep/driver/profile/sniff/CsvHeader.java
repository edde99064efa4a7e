package io.evenstep.driver.profile.sniff;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Decides whether the first record of a text names the columns. */
final class CsvHeader {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private CsvHeader() {}

  /**
   * The decision and its reason.
   *
   * @param names whether the first record names the columns
   */
  record Verdict(boolean names, String why) {}

  static Verdict of(List<List<String>> records, Optional<String> label) {
    List<String> first = records.get(0);
    List<List<String>> rest = records.subList(1, records.size());
    if (label.filter(first::contains).isPresent()) {
      return new Verdict(true, "the first line names the label");
    } else if (new HashSet<>(first).size() < first.size()) {
      return new Verdict(false, "the first line repeats a value");
    } else if (isSequence(first)) {
      return new Verdict(true, "the first line has consecutive numbers");
    }
    List<Integer> numeric =
        IntStream.range(0, first.size()).filter(i -> isOfNumbers(i, rest)).boxed().toList();
    long texts = numeric.stream().filter(i -> !isNumber(first.get(i))).count();
    if (2 * texts > numeric.size()) {
      return new Verdict(true, "the first line is text and the next lines have numbers");
    } else if (first.stream().anyMatch(CsvHeader::isNumber)) {
      return new Verdict(false, "the first line has numbers");
    } else if (first.stream().filter(String::isEmpty).count() > 1) {
      return new Verdict(false, "the first line has empty values");
    }
    return ofTexts(first, rest);
  }

  private static Verdict ofTexts(List<String> first, List<List<String>> rest) {
    boolean recurs =
        IntStream.range(0, first.size())
            .anyMatch(
                column ->
                    rest.stream()
                        .anyMatch(
                            record ->
                                column < record.size()
                                    && record.get(column).equals(first.get(column))));
    return recurs
        ? new Verdict(false, "a value of the first line is repeated in later lines")
        : new Verdict(true, "no value of the first line is repeated in later lines");
  }

  private static boolean isOfNumbers(int column, List<List<String>> rest) {
    List<String> cells =
        rest.stream()
            .filter(record -> column < record.size())
            .map(record -> record.get(column))
            .filter(cell -> !cell.isEmpty() && !MissingTexts.contains(cell))
            .toList();
    long numbers = cells.stream().filter(CsvHeader::isNumber).count();
    return numbers > 0 && numbers >= 0.9 * cells.size();
  }

  /** For example a year per column, possibly after a name. */
  private static boolean isSequence(List<String> first) {
    List<String> numbers = first.stream().filter(CsvHeader::isNumber).toList();
    if (numbers.size() < 3 || numbers.size() < first.size() - 5) {
      return false;
    }
    return IntStream.range(1, numbers.size())
        .allMatch(
            i -> Double.parseDouble(numbers.get(i)) == Double.parseDouble(numbers.get(i - 1)) + 1);
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }
}
