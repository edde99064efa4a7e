package io.evenstep.model.engine.step.op;

import io.evenstep.model.SplitMix64;

/**
 * The key of a shard's random numbers. {@link SplitMix64#mix} makes 64 bits from the key, the
 * operation that draws and the element, so it does not matter which thread draws, or when.
 */
public final class DrawKey {
  private long key;

  /** Sets the key of the next shard. */
  public void set(long value) {
    key = value;
  }

  /**
   * An operation's base. For each element, it adds {@code element * SplitMix64.GOLDEN} to this and
   * mixes the sum.
   */
  public long stream(int operation) {
    return SplitMix64.mix(key ^ SplitMix64.mix((operation + 1) * SplitMix64.GOLDEN));
  }
}
