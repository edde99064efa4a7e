package io.evenstep.model.engine.step.op;

import java.nio.FloatBuffer;

/**
 * Rounding to bfloat16, the upper half of a float32, to the nearest and then to even. Not a number
 * stays that.
 */
final class Bfloat16 {
  private static final int LOW = 0xffff;
  private static final int HALF = 0x7fff;

  private Bfloat16() {}

  /** The nearest bfloat16, as a float. */
  static float round(float number) {
    if (Float.isNaN(number)) {
      return number;
    }
    int bits = Float.floatToRawIntBits(number);
    return Float.intBitsToFloat((bits + HALF + (bits >>> 16 & 1)) & ~LOW);
  }

  /** Rounds each number; both may be the same memory. */
  static void round(FloatBuffer from, FloatBuffer to) {
    for (int i = 0; i < from.limit(); i++) {
      to.put(i, round(from.get(i)));
    }
  }
}
