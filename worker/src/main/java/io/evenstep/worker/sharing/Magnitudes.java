package io.evenstep.worker.sharing;

import java.util.Arrays;

/**
 * Counts the magnitudes of floats in groups, to find a limit that about the largest ones exceed.
 * The magnitudes of floats have the same order as their bits.
 */
final class Magnitudes {
  private static final int GROUP_BITS = 19; // 16 groups from one power of two to the next
  private static final int INFINITE = 0x7F800000;

  private final int[] counts = new int[(Integer.MAX_VALUE >>> GROUP_BITS) + 1];
  private int largest;

  /** The bits of a float without its sign. */
  static int of(float value) {
    return Float.floatToRawIntBits(value) & Integer.MAX_VALUE;
  }

  void clear() {
    Arrays.fill(counts, 0);
    largest = 0;
  }

  void count(float[] values, int length) {
    for (int i = 0; i < length; i++) {
      int magnitude = of(values[i]);
      counts[magnitude >>> GROUP_BITS]++;
      largest = Math.max(largest, magnitude);
    }
  }

  /** Whether none was infinite or not a number. */
  boolean areFinite() {
    return largest < INFINITE;
  }

  /**
   * The bits of a magnitude that at least {@code most} of the numbers reach, and not many more; at
   * least that of the smallest positive float, so zeros never do.
   */
  int limit(int most) {
    int reached = 0;
    for (int group = counts.length - 1; group > 0; group--) {
      reached += counts[group];
      if (reached >= most) {
        return group << GROUP_BITS;
      }
    }
    return 1;
  }
}
