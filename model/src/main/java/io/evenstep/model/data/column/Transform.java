package io.evenstep.model.data.column;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A function of one number, applied before shift and scale. It uses {@link StrictMath}, because a
 * processor's own functions may round differently.
 *
 * @param kind which function
 * @param numbers its parameters, see {@link Kind}
 */
public record Transform(Kind kind, List<Double> numbers) {
  /** The functions. */
  public enum Kind {
    /** Limits to [least, most]: two parameters. */
    CLIP,
    /** ln(1 + x) for x above -1. */
    LOG,
    /** sign(x) ln(1 + |x|). */
    SIGNED_LOG,
    /** The power transform of Yeo and Johnson, 2000; its parameter is lambda. */
    POWER,
    /**
     * The rank among known values, from -1 to 1, linear between them: first the values in rising
     * order, then their ranks.
     */
    RANK
  }

  /** Copies the list and checks its length. */
  public Transform {
    Objects.requireNonNull(kind, "kind");
    numbers = List.copyOf(numbers);
    boolean fits =
        switch (kind) {
          case CLIP -> numbers.size() == 2;
          case LOG, SIGNED_LOG -> numbers.isEmpty();
          case POWER -> numbers.size() == 1;
          case RANK -> !numbers.isEmpty() && numbers.size() % 2 == 0;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "Invalid transform " + kind + ": must have its parameters, got " + numbers);
    }
  }

  /** The function as code, for many numbers. */
  @FunctionalInterface
  public interface Function {
    /** The transformed number; NaN where the function is not defined. */
    double of(double number);
  }

  /** All transforms, the first one first. */
  public static Function chain(List<Transform> transforms) {
    Function all = number -> number;
    for (Transform transform : transforms) {
      Function before = all;
      Function next = transform.function();
      all = number -> next.of(before.of(number));
    }
    return all;
  }

  /** This transform alone. */
  public Function function() {
    double[] by = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    return switch (kind) {
      case CLIP -> number -> Math.min(Math.max(number, by[0]), by[1]);
      case LOG -> number -> number > -1 ? StrictMath.log1p(number) : Double.NaN;
      case SIGNED_LOG -> number -> Math.copySign(StrictMath.log1p(Math.abs(number)), number);
      case POWER -> number -> power(number, by[0]);
      case RANK -> {
        double[] values = Arrays.copyOf(by, by.length / 2);
        double[] ranks = Arrays.copyOfRange(by, by.length / 2, by.length);
        yield number -> rank(number, values, ranks);
      }
    };
  }

  /** Yeo and Johnson's function. */
  public static double power(double number, double lambda) {
    if (number >= 0) {
      return lambda == 0
          ? StrictMath.log1p(number)
          : StrictMath.expm1(lambda * StrictMath.log1p(number)) / lambda;
    }
    double other = 2 - lambda;
    return other == 0
        ? -StrictMath.log1p(-number)
        : -StrictMath.expm1(other * StrictMath.log1p(-number)) / other;
  }

  private static double rank(double number, double[] values, double[] ranks) {
    int found = Arrays.binarySearch(values, number);
    if (found >= 0) {
      return ranks[found];
    }
    int next = -found - 1; // the first value above the number
    if (next == 0 || next == values.length) {
      return ranks[Math.min(next, values.length - 1)];
    }
    double share = (number - values[next - 1]) / (values[next] - values[next - 1]);
    return ranks[next - 1] + share * (ranks[next] - ranks[next - 1]);
  }
}
