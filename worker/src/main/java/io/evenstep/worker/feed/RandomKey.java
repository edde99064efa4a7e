package io.evenstep.worker.feed;

/**
 * Randomness as a pure function of what it is for. Mixes as SplitMix64 does (Steele, Lea and Flood,
 * 2014), so it depends on no library's version.
 */
public final class RandomKey {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private RandomKey() {}

  /** A number that depends on the seed and each part, and on their order. */
  public static long of(long seed, long... parts) {
    long key = mix(seed + GOLDEN);
    for (long part : parts) {
      key = mix((key ^ mix(part + GOLDEN)) + GOLDEN);
    }
    return key;
  }

  /** The numbers 0 to below {@code count}, shuffled as {@code key} says. */
  static int[] permutation(int count, long key) {
    int[] order = new int[count];
    long state = key;
    for (int i = 0; i < count; i++) {
      state += GOLDEN;
      int j = (int) (((mix(state) >>> 32) * (i + 1)) >>> 32);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
