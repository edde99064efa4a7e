package io.evenstep.driver.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for a page: six digits, and null for NaN and infinity. */
final class Numbers {
  private static final MathContext DIGITS = new MathContext(6);

  private Numbers() {}

  static void add(ArrayNode to, double number) {
    if (!Double.isFinite(number)) {
      to.addNull();
    } else if (isWhole(number)) {
      to.add((long) number);
    } else {
      to.add(brief(number));
    }
  }

  static void put(ObjectNode to, String name, double number) {
    if (!Double.isFinite(number)) {
      to.putNull(name);
    } else if (isWhole(number)) {
      to.put(name, (long) number);
    } else {
      to.put(name, brief(number));
    }
  }

  private static boolean isWhole(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15;
  }

  /** A number with six digits, as text; empty for NaN and infinity. */
  static String text(double number) {
    return Double.isFinite(number)
        ? new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString()
        : "";
  }

  /** A finite number with six digits. */
  static double brief(double number) {
    return new BigDecimal(number).round(DIGITS).doubleValue();
  }
}
