package io.evenstep.model.layer;

import io.evenstep.model.SplitMix64;
import java.util.function.DoubleConsumer;

/** Normally distributed noise for the rows of a batch, in both engines. */
public final class RowNoise {
  /** The key of the noise of rows that are evaluated: it depends on a row's place in its batch. */
  public static final long EVALUATION = 0;

  private RowNoise() {}

  /**
   * Passes on numbers of mean 0 and standard deviation 1, row by row.
   *
   * @param key decides all of them
   * @param count rows times numbers of a row
   */
  public static void draw(long key, int count, DoubleConsumer use) {
    SplitMix64 random = new SplitMix64(SplitMix64.mix(key + SplitMix64.GOLDEN));
    for (int i = 0; i < count; i++) {
      use.accept(random.gaussian());
    }
  }
}
