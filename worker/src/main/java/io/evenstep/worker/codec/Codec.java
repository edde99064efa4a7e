package io.evenstep.worker.codec;

import io.evenstep.model.SplitMix64;
import io.evenstep.worker.plan.Wire;
import java.nio.IntBuffer;

/**
 * Rounds floats to the precision of a wire format, and encodes and decodes them. The rounded value
 * of a number depends only on its block, its position in the vector and the key. Belongs to one
 * thread. It works on arrays of ints that hold the bits of floats, because Java compiles loops over
 * these to vector instructions. Allocates nothing.
 */
public abstract sealed class Codec permits Bfloat16Codec, Int8Codec {
  /** The bits of the part of the vector being coded. */
  final int[] bits = new int[Wire.TILE];

  /** A codec for one thread; {@link Wire#FLOAT32} has none, because it changes nothing. */
  public static Codec of(Wire wire) {
    return switch (wire) {
      case BFLOAT16 -> new Bfloat16Codec();
      case INT8 -> new Int8Codec();
      case FLOAT32 ->
          throw new IllegalArgumentException("Invalid wire: must be lossy, got " + wire);
    };
  }

  /** The random key of an edge of the tree: derived from the run's seed, the step and the node. */
  public static int key(long seed, long step, int level, int index) {
    long key = SplitMix64.mix(seed + SplitMix64.GOLDEN);
    key = SplitMix64.mix(key ^ SplitMix64.mix(step + SplitMix64.GOLDEN));
    return (int) SplitMix64.mix(key ^ SplitMix64.mix(((long) level << Integer.SIZE | index) + 1));
  }

  /**
   * Replaces numbers by the values that a reader of {@link #encode} would get.
   *
   * @param values bits of floats, from index 0 to the limit
   * @param position of the first in the whole vector, a multiple of {@link Wire#BLOCK}
   */
  public final void round(IntBuffer values, long position, int key) {
    for (int at = 0; at < values.limit(); at += Wire.TILE) {
      int count = Math.min(Wire.TILE, values.limit() - at);
      values.get(at, bits, 0, count);
      roundTile(count, (int) (position + at), key);
      values.put(at, bits, 0, count);
    }
  }

  /**
   * Writes numbers.
   *
   * @param words room for {@link Wire#bytes}
   */
  public final void encode(IntBuffer values, long position, int key, IntBuffer words) {
    int word = 0;
    for (int at = 0; at < values.limit(); at += Wire.TILE) {
      int count = Math.min(Wire.TILE, values.limit() - at);
      values.get(at, bits, 0, count);
      word += encodeTile(count, (int) (position + at), key, words, word);
    }
  }

  /** Reads what {@link #encode} wrote for the same number of values. */
  public final void decode(IntBuffer words, IntBuffer values) {
    int word = 0;
    for (int at = 0; at < values.limit(); at += Wire.TILE) {
      int count = Math.min(Wire.TILE, values.limit() - at);
      word += decodeTile(count, words, word);
      values.put(at, bits, 0, count);
    }
  }

  /** Rounds the first {@link #bits} in place. */
  abstract void roundTile(int count, int position, int key);

  /** Writes the first {@link #bits}; returns the number of words written. */
  abstract int encodeTile(int count, int position, int key, IntBuffer words, int word);

  /** Reads the first {@link #bits}; returns the number of words read. */
  abstract int decodeTile(int count, IntBuffer words, int word);
}
