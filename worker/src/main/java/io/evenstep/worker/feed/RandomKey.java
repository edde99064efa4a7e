package io.evenstep.worker.feed;

import io.evenstep.model.SplitMix64;

/**
 * Random numbers as a pure function of their purpose. Mixes like SplitMix64 (Steele, Lea and Flood,
 * 2014), so it does not depend on a library's version.
 */
public final class RandomKey {
  private RandomKey() {}

  /** A number that depends on the seed, on each part, and on their order. */
  public static long of(long seed, long... parts) {
    long key = SplitMix64.mix(seed + SplitMix64.GOLDEN);
    for (long part : parts) {
      key = SplitMix64.mix((key ^ SplitMix64.mix(part + SplitMix64.GOLDEN)) + SplitMix64.GOLDEN);
    }
    return key;
  }

  /** The numbers 0 to below {@code count}, shuffled by {@code key}. */
  static int[] permutation(int count, long key) {
    return new SplitMix64(key).permutation(count);
  }
}
