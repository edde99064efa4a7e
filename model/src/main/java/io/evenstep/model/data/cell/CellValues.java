package io.evenstep.model.data.cell;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads one cell of a row, whatever its Java type. */
public final class CellValues {
  private static final String NUMBER = "must be a number";
  private static final String FINITE = "must be finite";
  private static final String TRUTH = "must be true or false";

  private CellValues() {}

  /** Whether the cell is null or blank text. */
  public static boolean isMissing(@Nullable Object cell) {
    return cell == null || (cell instanceof String text && text.isBlank());
  }

  /**
   * The number in a cell: a number, a boolean as 0 or 1, or a text of either.
   *
   * @throws InvalidValueException when it holds something else, NaN or an infinity
   */
  public static double number(Object cell) throws InvalidValueException {
    if (cell instanceof Number number) {
      return finite(number.doubleValue(), cell);
    }
    if (cell instanceof String text) {
      return finite(parse(text), text);
    }
    if (cell instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    throw new InvalidValueException(NUMBER, cell);
  }

  /**
   * The boolean in a cell: true or false, 1 or 0, or a usual word for either, in any case.
   *
   * @return 1 for true and 0 for false
   * @throws InvalidValueException when it holds something else
   */
  public static double truth(Object cell) throws InvalidValueException {
    OptionalInt word = cell instanceof String text ? Truths.of(text) : OptionalInt.empty();
    if (word.isPresent()) {
      return word.getAsInt();
    }
    try {
      double number = number(cell);
      if (number == 0 || number == 1) {
        return number;
      }
    } catch (InvalidValueException e) {
      throw new InvalidValueException(TRUTH, cell);
    }
    throw new InvalidValueException(TRUTH, cell);
  }

  /**
   * A number within the range of a float.
   *
   * @param cell where it was found
   * @throws InvalidValueException when it is too large
   */
  public static float single(double number, Object cell) throws InvalidValueException {
    float single = (float) number;
    if (Float.isInfinite(single)) {
      throw new InvalidValueException("must be at most 3.4e38 in size", cell);
    }
    return single;
  }

  /**
   * The row's weight in a cell.
   *
   * @throws InvalidValueException when it holds no finite number of at least 0
   */
  public static double weight(Object cell) throws InvalidValueException {
    double weight = single(number(cell), cell);
    if (weight < 0) {
      throw new InvalidValueException("must be at least 0", cell);
    }
    return weight;
  }

  /**
   * Reads a cell of {@code count} numbers: an array or list of numbers, bytes (unsigned), or text
   * with the numbers separated by spaces, commas, semicolons or bars.
   *
   * @param out receives the numbers from {@code at} on
   * @throws InvalidValueException when there are more or fewer, or one is not a finite number
   */
  public static void numbers(Object cell, double[] out, int at, int count)
      throws InvalidValueException {
    Object[] split = cell instanceof String text ? text.strip().split("[\\s,;|]+") : null;
    Object list = split == null ? cell : List.of(split);
    requireCount(list, count);
    if (list instanceof double[] doubles) {
      System.arraycopy(doubles, 0, out, at, count);
      requireFinite(out, at, count);
    } else if (list instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        out[at + i] = floats[i];
      }
      requireFinite(out, at, count);
    } else if (list instanceof byte[] bytes) {
      for (int i = 0; i < count; i++) {
        out[at + i] = bytes[i] & 0xff;
      }
    } else {
      listed((List<?>) list, out, at);
    }
  }

  /**
   * How many numbers a cell holds.
   *
   * @throws InvalidValueException when it is not a list of numbers
   */
  public static int count(Object cell) throws InvalidValueException {
    if (cell instanceof double[] doubles) {
      return doubles.length;
    } else if (cell instanceof float[] floats) {
      return floats.length;
    } else if (cell instanceof byte[] bytes) {
      return bytes.length;
    } else if (cell instanceof List<?> list) {
      return list.size();
    } else if (cell instanceof String text) {
      return text.strip().split("[\\s,;|]+").length;
    }
    throw new InvalidValueException("must be a list of numbers", cell);
  }

  /**
   * Room for the numbers of a cell.
   *
   * @param most how many it may hold
   * @return zeros, as many as the cell holds numbers
   * @throws InvalidValueException when it is not a list of numbers, or holds more
   */
  public static double[] room(Object cell, int most) throws InvalidValueException {
    int count = count(cell);
    if (count > most) {
      throw new InvalidValueException("must hold at most " + most + " numbers", count);
    }
    return new double[count];
  }

  /** The name of the category in a cell: its text, stripped; 3 for 3.0. */
  public static String category(Object cell) {
    if (cell instanceof Double || cell instanceof Float) {
      double value = ((Number) cell).doubleValue();
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        return Long.toString((long) value);
      }
    } else if (cell instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros().toPlainString();
    }
    return String.valueOf(cell).strip();
  }

  private static void listed(List<?> list, double[] out, int at) throws InvalidValueException {
    for (int i = 0; i < list.size(); i++) {
      Object value = list.get(i);
      if (isMissing(value)) {
        throw new InvalidValueException(NUMBER, value == null ? "null" : "nothing");
      }
      out[at + i] = number(value);
    }
  }

  /** A separate method, because it makes the loops that copy faster. */
  private static void requireFinite(double[] out, int at, int count) throws InvalidValueException {
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(out[at + i])) {
        throw new InvalidValueException(FINITE, out[at + i]);
      }
    }
  }

  private static void requireCount(Object list, int count) throws InvalidValueException {
    int found = count(list);
    if (found != count) {
      throw new InvalidValueException("must hold " + count + " numbers", found);
    }
  }

  private static double parse(String text) throws InvalidValueException {
    String stripped = text.strip();
    try {
      if (isDecimal(stripped)) {
        return Double.parseDouble(stripped);
      }
    } catch (NumberFormatException e) {
      return word(stripped, text);
    }
    return word(stripped, text);
  }

  /** Whether it looks like an ordinary number: Java also parses 1f and 0x1p3. */
  private static boolean isDecimal(String text) {
    return !text.isEmpty()
        && "dDfF".indexOf(text.charAt(text.length() - 1)) < 0
        && text.indexOf('x') < 0
        && text.indexOf('X') < 0;
  }

  private static double word(String stripped, String text) throws InvalidValueException {
    return switch (stripped.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "y", "on" -> 1;
      case "false", "f", "no", "n", "off" -> 0;
      case "inf", "-inf" -> Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> throw new InvalidValueException(NUMBER, text);
    };
  }

  private static double finite(double value, Object cell) throws InvalidValueException {
    if (Double.isFinite(value)) {
      return value;
    }
    throw new InvalidValueException(FINITE, cell);
  }
}
