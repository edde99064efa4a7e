package io.evenstep.model.engine;

/**
 * Rounding to bfloat16, the upper half of a float32, to the nearest and then to even. NaN stays
 * NaN.
 */
public final class Bfloat16 {
  private static final int UPPER = 0xFFFF0000;
  private static final int QUIET = 0x00400000;
  private static final int HALF = 0x7FFF;
  private static final int MAGNITUDE = 0x7FFFFFFF;
  private static final int INFINITE = 0x7F800000;

  private Bfloat16() {}

  /** The bits of the nearest bfloat16, as those of a float. Without branches, for vector loops. */
  public static int round(int bits) {
    int noNumber = (INFINITE - (bits & MAGNITUDE)) >> 31; // all ones for NaN, otherwise 0
    int rounded = bits + HALF + ((bits >>> 16) & 1);
    return ((rounded & ~noNumber) | ((bits | QUIET) & noNumber)) & UPPER;
  }

  /** The nearest bfloat16, as a float. */
  public static float round(float number) {
    return Float.intBitsToFloat(round(Float.floatToRawIntBits(number)));
  }
}
