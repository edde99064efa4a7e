package io.evenstep.driver.config.value;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A type whose values are a single word or number.
 *
 * @param words such as {@code a whole number}
 * @param decode returns empty when the text is not of this type
 */
public record ScalarType<T>(String words, Function<String, Optional<T>> decode)
    implements ValueType<T> {
  public static final ScalarType<String> TEXT = new ScalarType<>("text", Optional::of);

  public static final ScalarType<Integer> INTEGER =
      new ScalarType<>("a whole number", text -> parsed(text, Integer::valueOf));

  public static final ScalarType<Long> LONG =
      new ScalarType<>("a whole number", text -> parsed(text, Long::valueOf));

  public static final ScalarType<Double> NUMBER =
      new ScalarType<>(
          "a number",
          text -> parsed(text, Double::valueOf).filter(number -> Double.isFinite(number)));

  public static final ScalarType<Boolean> FLAG =
      new ScalarType<>(
          "true or false",
          text ->
              switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
              });

  /** One of an enum's constants, written as {@link #spelling}. */
  public static <E extends Enum<E>> ScalarType<E> choice(Class<E> constants) {
    List<E> all = List.of(constants.getEnumConstants());
    return new ScalarType<>(
        oneOf(all.stream().map(ScalarType::spelling)),
        text -> all.stream().filter(constant -> spelling(constant).equals(text)).findFirst());
  }

  /** One of the given names. */
  public static ScalarType<String> name(List<String> names) {
    return new ScalarType<>(
        oneOf(names.stream()), text -> Optional.of(text).filter(names::contains));
  }

  /**
   * One of the given names, or what a check accepts besides, such as a name with a number.
   *
   * @param more the other form, for messages
   */
  public static ScalarType<String> name(
      List<String> names, String more, Predicate<String> accepted) {
    return new ScalarType<>(
        oneOf(names.stream()) + "; or " + more, text -> Optional.of(text).filter(accepted));
  }

  /** {@code ONE_HOT} is written {@code one-hot}. */
  public static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Optional<T> read(String key, Node node, Problems problems) {
    Optional<T> value =
        node instanceof Node.Scalar scalar && !scalar.isNothing()
            ? decode.apply(scalar.text())
            : Optional.empty();
    if (value.isEmpty()) {
      problems.add(key, "must be " + words + range(node.text()), node.text());
    }
    return value;
  }

  /** Why a whole number is refused. */
  private String range(String text) {
    boolean whole = text.matches("[+-]?\\d+");
    if (whole && equals(INTEGER)) {
      return " from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
    }
    return whole && equals(LONG) ? " from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE : "";
  }

  private static String oneOf(Stream<String> names) {
    return "one of " + String.join(", ", names.toList());
  }

  private static <N> Optional<N> parsed(String text, Function<String, N> parse) {
    String digits = text.trim();
    if (digits.chars().anyMatch(c -> Character.isLetter(c) && "eE".indexOf(c) < 0)) {
      return Optional.empty(); // Java would accept 1f, 0x1p3 and NaN as numbers
    }
    try {
      return Optional.of(parse.apply(digits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
