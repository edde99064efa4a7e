package io.evenstep.model.engine.step.op;

import io.evenstep.model.SplitMix64;

/**
 * What a shard's random numbers are drawn from. A number is decided by the key, the operation that
 * draws it and the element it is for: 64 bits that {@link SplitMix64#mix} makes of them, so that it
 * does not matter which thread draws, or when.
 */
public final class DrawKey {
  private long key;

  /** The next shard's. */
  public void set(long value) {
    key = value;
  }

  /** What an operation adds {@code element * SplitMix64.GOLDEN} to, and mixes, for each element. */
  long stream(int operation) {
    return SplitMix64.mix(key ^ SplitMix64.mix((operation + 1) * SplitMix64.GOLDEN));
  }
}
