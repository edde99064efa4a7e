package io.evenstep.model.catalog;

import java.util.List;
import java.util.Optional;

/** The rule for a parameter's value, and how it is read from YAML or {@code --set}. */
public enum Rule {
  /** A whole number of at least 1; read as an Integer. */
  COUNT("must be a whole number of at least 1"),
  /** One whole number from 1 to 1024, or a list of two for height and width; read as a List. */
  SIZE("must be a whole number from 1 to 1024, or a list of two such for height and width"),
  /** Like SIZE, but 0 is allowed. */
  MARGIN("must be a whole number from 0 to 1024, or a list of two such for height and width"),
  /** One whole number of at least 1, or a list of them; read as a List. */
  COUNTS("must be a whole number of at least 1, or a list of such"),
  /** Read as a Double. */
  ABOVE_ZERO("must be a number above 0"),
  /** Read as a Double. */
  AT_LEAST_ZERO("must be a number of at least 0"),
  /** Read as a Double. */
  FRACTION("must be a number of at least 0 and below 1"),
  /** Read as a Double. */
  PROBABILITY("must be a number from 0 to 1"),
  /** Read as a Double. */
  INSIDE_UNIT("must be a number above 0 and below 1"),
  /** A list of numbers; read as a List of Double. */
  NUMBERS("must be a list of numbers"),
  /** Read as a Boolean. */
  FLAG("must be true or false"),
  /** Letters, digits, dots, dashes and underscores; read as a String. */
  NAME("must be a name of letters, digits, dots, dashes and underscores"),
  /** Like NAME, or a list of such names; read as a List. */
  NAMES("must be a name, or a list of names"),
  /** One of the parameter's choices; read as a String. */
  CHOICE("must be one of the names");

  private static final int MOST = Integer.MAX_VALUE;

  /** With padding, kernels and scales up to this, the sides of an image fit an int. */
  private static final int MOST_ON_A_SIDE = 1024;

  private final String text;

  Rule(String text) {
    this.text = text;
  }

  /** The rule in words, to follow the parameter's name. */
  public String text() {
    return text;
  }

  /** The value in the type that this rule reads, or empty when it breaks the rule. */
  Optional<Object> read(Object written) {
    return switch (this) {
      case COUNT -> whole(written, 1, MOST).map(Object.class::cast);
      case SIZE -> pair(written, 1);
      case MARGIN -> pair(written, 0);
      case COUNTS -> wholes(written, 1, MOST).map(Object.class::cast);
      case ABOVE_ZERO -> number(written).filter(value -> value > 0).map(Object.class::cast);
      case AT_LEAST_ZERO -> number(written).filter(value -> value >= 0).map(Object.class::cast);
      case FRACTION ->
          number(written).filter(value -> value >= 0 && value < 1).map(Object.class::cast);
      case PROBABILITY ->
          number(written).filter(value -> value >= 0 && value <= 1).map(Object.class::cast);
      case INSIDE_UNIT ->
          number(written).filter(value -> value > 0 && value < 1).map(Object.class::cast);
      case NUMBERS -> numbers(written);
      case FLAG -> flag(written);
      case NAME -> name(written).map(Object.class::cast);
      case NAMES -> names(written);
      case CHOICE -> written instanceof String ? Optional.of(written) : Optional.empty();
    };
  }

  private static Optional<Integer> whole(Object written, int least, int most) {
    return number(written)
        .filter(value -> value >= least && value <= most && value % 1 == 0)
        .map(Double::intValue);
  }

  private static Optional<Double> number(Object written) {
    if (written instanceof Number number) {
      return Optional.of(number.doubleValue()).filter(Double::isFinite);
    }
    return Optional.empty();
  }

  /** One number stands for both. */
  private static Optional<Object> pair(Object written, int least) {
    return wholes(written, least, MOST_ON_A_SIDE)
        .filter(numbers -> numbers.size() <= 2)
        .map(numbers -> List.of(numbers.get(0), numbers.get(numbers.size() - 1)));
  }

  private static Optional<List<Integer>> wholes(Object written, int least, int most) {
    List<?> list = written instanceof List<?> several ? several : List.of(written);
    List<Integer> numbers =
        list.stream().flatMap(value -> whole(value, least, most).stream()).toList();
    return Optional.of(numbers).filter(all -> all.size() == list.size() && !all.isEmpty());
  }

  private static Optional<Object> numbers(Object written) {
    List<?> list = written instanceof List<?> several ? several : List.of(written);
    List<Double> numbers = list.stream().flatMap(value -> number(value).stream()).toList();
    return numbers.size() == list.size() && !numbers.isEmpty()
        ? Optional.of(numbers)
        : Optional.empty();
  }

  private static Optional<String> name(Object written) {
    boolean plain = written instanceof String || written instanceof Integer;
    return Optional.of(String.valueOf(written))
        .filter(text -> plain && text.matches("[A-Za-z0-9._-]+"));
  }

  private static Optional<Object> names(Object written) {
    List<?> list = written instanceof List<?> several ? several : List.of(written);
    List<String> names = list.stream().flatMap(value -> name(value).stream()).toList();
    return names.size() == list.size() && !names.isEmpty() ? Optional.of(names) : Optional.empty();
  }

  private static Optional<Object> flag(Object written) {
    return written instanceof Boolean ? Optional.of(written) : Optional.empty();
  }
}
