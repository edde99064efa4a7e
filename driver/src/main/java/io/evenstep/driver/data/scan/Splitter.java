package io.evenstep.driver.data.scan;

import java.io.Serializable;

/**
 * Decides by a row's number alone which split it belongs to, and where it lies in the pack.
 *
 * @param fixed the only split of a source of its own; TRAIN leaves room for fractions
 */
public record Splitter(long seed, int source, double validation, double test, Split fixed)
    implements Serializable {
  private static final int PARTITION_BITS = 40;
  private static final int SOURCE_BITS = 60;

  /** What a row serves for. */
  public enum Split {
    TRAIN,
    VALIDATION,
    TEST
  }

  /** Splits one source by fractions. */
  public static Splitter fractions(long seed, double validation, double test) {
    return new Splitter(seed, 0, validation, test, Split.TRAIN);
  }

  /** Gives a whole source to one split. */
  public static Splitter whole(long seed, Split split) {
    return new Splitter(seed, split.ordinal(), 0, 0, split);
  }

  /** The number of a row: the same for the same source, however many cores read it. */
  long row(int partition, long indexInPartition) {
    return ((long) source << SOURCE_BITS) | ((long) partition << PARTITION_BITS) | indexInPartition;
  }

  /** Whether rows of the source may belong to a split. */
  public boolean mayGive(Split split) {
    return switch (split) {
      case TRAIN -> fixed == split;
      case VALIDATION -> fixed == split || (fixed == Split.TRAIN && validation > 0);
      case TEST -> fixed == split || (fixed == Split.TRAIN && test > 0);
    };
  }

  Split split(long row) {
    if (fixed != Split.TRAIN || validation + test == 0) {
      return fixed;
    }
    double place = (mix(seed ^ mix(row)) >>> 11) * 0x1.0p-53; // [0, 1)
    if (place < test) {
      return Split.TEST;
    }
    return place < test + validation ? Split.VALIDATION : Split.TRAIN;
  }

  /** Where a row lies among the rows of its split: rows are mixed once, when they are packed. */
  long place(long row) {
    return mix(mix(seed + 1) ^ mix(row));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
