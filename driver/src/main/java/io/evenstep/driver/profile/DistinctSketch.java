package io.evenstep.driver.profile;

import io.evenstep.model.SplitMix64;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * The number of distinct values: exact up to 16,384, an estimate above that. It keeps hashes that
 * end in a certain number of zero bits and increases that number each time it is full (adaptive
 * sampling, Flajolet 1990). So sketches can be merged in any order.
 */
final class DistinctSketch implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST = 16_384;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final Set<Long> kept = new HashSet<>();
  private int level;

  /** A hash of a text, for combining with others. */
  static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return SplitMix64.mix(hash);
  }

  void add(String text) {
    add(hash(text));
  }

  void add(long hash) {
    if (Long.numberOfTrailingZeros(hash) >= level && kept.add(hash) && kept.size() > MOST) {
      raise(level + 1);
    }
  }

  void add(DistinctSketch other) {
    raise(Math.max(level, other.level));
    other.kept.forEach(this::add);
  }

  private void raise(int least) {
    level = least;
    kept.removeIf(hash -> Long.numberOfTrailingZeros(hash) < level);
    if (kept.size() > MOST) {
      raise(level + 1);
    }
  }

  boolean isExact() {
    return level == 0;
  }

  long count() {
    return (long) kept.size() << level;
  }
}
