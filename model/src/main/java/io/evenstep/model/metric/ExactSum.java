package io.evenstep.model.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A sum of doubles without rounding, so that it does not depend on the order of the terms or on
 * which worker adds them (Kulisch's long accumulator, in base 2^32).
 *
 * <p>At most 2^30 terms may be added between two calls of {@link #carry}; merging and writing call
 * it.
 */
final class ExactSum {
  private static final int LOWEST_EXPONENT = -1074; // of the smallest double, 2^-1074
  private static final int DIGITS = 68; // 2098 bits of doubles and 78 for the number of terms
  private static final int TERMS_BETWEEN_CARRIES = 1 << 30;

  private final long[] digits = new long[DIGITS]; // base 2^32, lowest first, each signed
  private int terms;

  /**
   * @throws IllegalArgumentException when it is not a finite number
   */
  void add(double term) {
    if (!Double.isFinite(term)) {
      throw new IllegalArgumentException("Invalid term: must be a finite number, got " + term);
    }
    long bits = Double.doubleToRawLongBits(term);
    int biased = (int) (bits >>> 52) & 0x7ff;
    long mantissa = (bits & ((1L << 52) - 1)) | (biased == 0 ? 0 : 1L << 52);
    int shift = Math.max(biased, 1) - 1; // bits above 2^-1074
    addShifted(mantissa, shift, term < 0 ? -1 : 1);
    if (++terms == TERMS_BETWEEN_CARRIES) {
      carry();
    }
  }

  /** Spreads 53 bits over the three digits they touch. */
  private void addShifted(long mantissa, int shift, int sign) {
    int digit = shift >>> 5;
    int within = shift & 31;
    long low = mantissa << within; // the upper bits are cut off here and added below
    long high = within == 0 ? 0 : mantissa >>> (64 - within);
    digits[digit] += sign * (low & 0xffffffffL);
    digits[digit + 1] += sign * (low >>> 32);
    digits[digit + 2] += sign * high;
  }

  void add(ExactSum other) {
    carry();
    other.carry();
    for (int i = 0; i < DIGITS; i++) {
      digits[i] += other.digits[i];
    }
    carry();
  }

  /** Reduces every digit but the highest to 0 .. 2^32 - 1. */
  private void carry() {
    for (int i = 0; i < DIGITS - 1; i++) {
      digits[i + 1] += digits[i] >> 32;
      digits[i] &= 0xffffffffL;
    }
    terms = 0;
  }

  /** The sum, exactly. */
  BigDecimal exact() {
    BigInteger units = BigInteger.ZERO;
    for (int i = DIGITS - 1; i >= 0; i--) {
      units = units.shiftLeft(32).add(BigInteger.valueOf(digits[i]));
    }
    if (units.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int even = Math.min(units.getLowestSetBit(), -LOWEST_EXPONENT); // fewer digits to divide
    BigDecimal whole = new BigDecimal(units.shiftRight(even));
    return whole.divide(new BigDecimal(BigInteger.ONE.shiftLeft(-LOWEST_EXPONENT - even)));
  }

  /** The sum, rounded once. */
  double value() {
    return exact().doubleValue();
  }

  void write(DataOutput out) throws IOException {
    carry();
    Counts.write(out, digits);
  }

  static ExactSum read(DataInput in) throws IOException {
    ExactSum sum = new ExactSum();
    Counts.read(in, sum.digits);
    return sum;
  }
}
