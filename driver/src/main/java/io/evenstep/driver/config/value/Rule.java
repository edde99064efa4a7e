package io.evenstep.driver.config.value;

import java.util.List;
import java.util.function.Predicate;

/**
 * What holds for the good values of a key.
 *
 * @param words such as {@code must be at least 1}
 * @param holds whether a value keeps it
 */
public record Rule<T>(String words, Predicate<T> holds) {
  /** Of one column of a row. */
  public static final int MOST_NUMBERS_A_ROW = 1 << 26;

  public static <N extends Number> Rule<N> atLeast(double least) {
    return new Rule<>("must be at least " + brief(least), n -> n.doubleValue() >= least);
  }

  public static <N extends Number> Rule<N> atMost(double most) {
    return new Rule<>("must be at most " + brief(most), n -> n.doubleValue() <= most);
  }

  public static <N extends Number> Rule<N> above(double limit) {
    return new Rule<>("must be above " + brief(limit), n -> n.doubleValue() > limit);
  }

  /** From {@code least}, included, to {@code limit}, not included. */
  public static <N extends Number> Rule<N> within(double least, double limit) {
    return new Rule<>(
        "must be at least " + brief(least) + " and below " + brief(limit),
        n -> n.doubleValue() >= least && n.doubleValue() < limit);
  }

  /** From {@code least} to {@code most}, both included. */
  public static <N extends Number> Rule<N> between(double least, double most) {
    return new Rule<>(
        "must be from " + brief(least) + " to " + brief(most),
        n -> n.doubleValue() >= least && n.doubleValue() <= most);
  }

  public static Rule<Integer> powerOfTwo() {
    return new Rule<>("must be a power of two", n -> n > 0 && Integer.bitCount(n) == 1);
  }

  public static <E> Rule<List<E>> each(Rule<E> rule) {
    return new Rule<>(
        rule.words() + " each, and not an empty list",
        list -> !list.isEmpty() && list.stream().allMatch(rule.holds()));
  }

  /** Of sizes of at least 1: larger rows fit into no memory that several of them share. */
  public static Rule<List<Long>> rowFits() {
    return new Rule<>(
        "must have at most " + MOST_NUMBERS_A_ROW + " numbers in all",
        list ->
            list.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b)
                <= MOST_NUMBERS_A_ROW);
  }

  public static Rule<List<String>> someTexts() {
    return new Rule<>(
        "must be at least one, none of them empty",
        list -> !list.isEmpty() && list.stream().noneMatch(String::isBlank));
  }

  public static Rule<String> notBlank() {
    return new Rule<>("must not be empty", text -> !text.isBlank());
  }

  public static Rule<String> pattern(String regex, String words) {
    return new Rule<>(words, text -> text.matches(regex));
  }

  /** Whether the words tell what a text is, and not only what it is not. */
  boolean saysAll() {
    return words.startsWith("must be ");
  }

  private static String brief(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
