package io.evenstep.model;

/**
 * A stream of random numbers that depends on a key only and is the same on every machine. Steele,
 * Lea and Flood, "Fast splittable pseudorandom number generators", 2014. Not thread-safe.
 *
 * <p>We have our own because a library's generator may change between versions. It uses {@link
 * StrictMath}, because a processor's own functions may round differently.
 */
public final class SplitMix64 {
  /** The state's increment: 2^64 divided by the golden ratio, made odd. */
  public static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final double TWO_TO_MINUS_53 = 0x1.0p-53;

  private long state;
  private double spareGaussian;
  private boolean hasSpareGaussian;

  /** The stream of a key. */
  public SplitMix64(long key) {
    this.state = key;
  }

  /** Mixes the bits of a number: close inputs give unrelated outputs. */
  public static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A hash of a text. */
  public static long hash(String text) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash + GOLDEN + text.charAt(i));
    }
    return hash;
  }

  /** Random bits as a number from 0 to below 1. */
  public static double unit(long bits) {
    return (bits >>> 11) * TWO_TO_MINUS_53;
  }

  /** The next 64 bits. */
  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** A separate stream, keyed by the next 64 bits of this one. */
  public SplitMix64 split() {
    return new SplitMix64(next());
  }

  /**
   * A whole number from 0 to below {@code bound}.
   *
   * @param bound at least 1
   */
  public int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** A number from 0 to below 1. */
  public double uniform() {
    return unit(next());
  }

  /** A number from {@code -limit} to {@code limit}. */
  public double around(double limit) {
    return (2 * uniform() - 1) * limit;
  }

  /**
   * A normally distributed number of mean 0 and standard deviation 1, by Marsaglia's polar method
   * (1964).
   */
  public double gaussian() {
    if (hasSpareGaussian) {
      hasSpareGaussian = false;
      return spareGaussian;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double stretch = Math.sqrt(-2 * StrictMath.log(square) / square); // sqrt is exact everywhere
    spareGaussian = y * stretch;
    hasSpareGaussian = true;
    return x * stretch;
  }

  /** The numbers 0 to below {@code count}, shuffled. */
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
