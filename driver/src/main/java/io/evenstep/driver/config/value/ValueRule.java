package io.evenstep.driver.config.value;

import java.util.List;
import java.util.function.Predicate;

/**
 * A rule for the values of a key.
 *
 * @param words such as {@code must be at least 1}
 * @param holds whether a value meets the rule
 */
public record ValueRule<T>(String words, Predicate<T> holds) {
  /** Of one column of a row. */
  public static final int MOST_NUMBERS_A_ROW = 1 << 26;

  public static <N extends Number> ValueRule<N> atLeast(double least) {
    return new ValueRule<>("must be at least " + brief(least), n -> n.doubleValue() >= least);
  }

  public static <N extends Number> ValueRule<N> atMost(double most) {
    return new ValueRule<>("must be at most " + brief(most), n -> n.doubleValue() <= most);
  }

  public static <N extends Number> ValueRule<N> above(double limit) {
    return new ValueRule<>("must be above " + brief(limit), n -> n.doubleValue() > limit);
  }

  /** From {@code least}, included, to {@code limit}, not included. */
  public static <N extends Number> ValueRule<N> within(double least, double limit) {
    return new ValueRule<>(
        "must be at least " + brief(least) + " and below " + brief(limit),
        n -> n.doubleValue() >= least && n.doubleValue() < limit);
  }

  /** From {@code least} to {@code most}, both included. */
  public static <N extends Number> ValueRule<N> between(double least, double most) {
    return new ValueRule<>(
        "must be from " + brief(least) + " to " + brief(most),
        n -> n.doubleValue() >= least && n.doubleValue() <= most);
  }

  public static ValueRule<Integer> powerOfTwo() {
    return new ValueRule<>("must be a power of two", n -> n > 0 && Integer.bitCount(n) == 1);
  }

  public static <E> ValueRule<List<E>> each(ValueRule<E> rule) {
    return new ValueRule<>(
        rule.words() + " each, and not an empty list",
        list -> !list.isEmpty() && list.stream().allMatch(rule.holds()));
  }

  /** Sizes of at least 1. Larger rows would not fit into memory several at a time. */
  public static ValueRule<List<Long>> rowFits() {
    return new ValueRule<>(
        "must have at most " + MOST_NUMBERS_A_ROW + " numbers in all",
        list ->
            list.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b)
                <= MOST_NUMBERS_A_ROW);
  }

  public static ValueRule<List<String>> someTexts() {
    return new ValueRule<>(
        "must be at least one, none of them empty",
        list -> !list.isEmpty() && list.stream().noneMatch(String::isBlank));
  }

  public static ValueRule<String> notBlank() {
    return new ValueRule<>("must not be empty", text -> !text.isBlank());
  }

  public static ValueRule<String> pattern(String regex, String words) {
    return new ValueRule<>(words, text -> text.matches(regex));
  }

  /** Whether the rule says what a text must be, not only what it must not be. */
  boolean saysAll() {
    return words.startsWith("must be ");
  }

  private static String brief(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
