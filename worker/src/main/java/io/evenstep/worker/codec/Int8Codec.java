package io.evenstep.worker.codec;

import io.evenstep.worker.plan.Wire;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Encodes numbers as 8-bit integers times a scale per block of 128 numbers. The scale is the
 * block's largest magnitude divided by 127. A number is rounded up or down at random, so that its
 * expected value stays the same (Alistarh and others 2017, "QSGD: communication-efficient SGD via
 * gradient quantization and encoding"). If a block contains a NaN, the whole block becomes NaN.
 *
 * <p>Floats are rounded to integers by adding 1.5 x 2^23, which Java compiles to vector
 * instructions. Memory outside the heap converts floats to their bits and back. A tile is encoded
 * as its scales, followed by words that each hold one number from each quarter of the tile.
 */
final class Int8Codec extends Codec {
  /** The bits of a float without its sign. */
  private static final int MAGNITUDE = 0x7FFFFFFF;

  /** The magnitude of infinity; those of NaN are larger. */
  private static final int INFINITE = 0x7F800000;

  private static final float MOST = 127 - 1f / 128; // still 127 after rounding up at random
  private static final float TO_WHOLE = 3 << 22;
  private static final int TO_WHOLE_BITS = 0x4B400000;
  private static final int ONE_BITS = 0x3F800000;
  private static final int PLACE = 0x9E3779B9; // odd: 2^32 divided by the golden ratio

  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(Wire.TILE * Float.BYTES).order(ByteOrder.nativeOrder());
  private final IntBuffer asInts = memory.asIntBuffer();
  private final FloatBuffer asFloats = memory.asFloatBuffer();
  private final int[] places = new int[Wire.TILE]; // i times PLACE; Java 17 vectorizes no use of i
  private final int[] draws = new int[Wire.TILE];
  private final float[] drawn = new float[Wire.TILE];
  private final float[] values = new float[Wire.TILE];
  private final float[] scales = new float[Wire.TILE]; // the scale of its block, for each number
  private final float[] inverses = new float[Wire.TILE];
  private final int[] blockScales = new int[Wire.TILE / Wire.BLOCK]; // bits
  private final int[] packed = new int[Wire.TILE / 4];

  Int8Codec() {
    Arrays.setAll(places, i -> i * PLACE);
  }

  @Override
  void roundTile(int count, int position, int key) {
    quantize(count, position, key);
    scaleBack(count);
  }

  @Override
  int encodeTile(int count, int position, int key, IntBuffer words, int word) {
    quantize(count, position, key);
    asFloats.put(0, values, 0, count);
    asInts.get(0, bits, 0, count);
    int quarter = (count + 3) / 4;
    Arrays.fill(bits, count, Math.min(bits.length, 4 * quarter), 0);
    for (int i = 0; i < quarter; i++) {
      packed[i] =
          (bits[i] & 0xFF)
              | ((bits[i + quarter] & 0xFF) << 8)
              | ((bits[i + 2 * quarter] & 0xFF) << 16)
              | (bits[i + 3 * quarter] << 24);
    }
    int blocks = blocks(count);
    words.put(word, blockScales, 0, blocks);
    words.put(word + blocks, packed, 0, quarter);
    return blocks + quarter;
  }

  @Override
  int decodeTile(int count, IntBuffer words, int word) {
    int blocks = blocks(count);
    int quarter = (count + 3) / 4;
    words.get(word, blockScales, 0, blocks);
    words.get(word + blocks, packed, 0, quarter);
    for (int i = 0; i < quarter; i++) {
      int four = packed[i];
      bits[i] = TO_WHOLE_BITS + ((four << 24) >> 24);
      bits[i + quarter] = TO_WHOLE_BITS + ((four << 16) >> 24);
      bits[i + 2 * quarter] = TO_WHOLE_BITS + ((four << 8) >> 24);
      bits[i + 3 * quarter] = TO_WHOLE_BITS + (four >> 24);
    }
    for (int block = 0; block < blocks; block++) {
      fill(scales, block, Float.intBitsToFloat(blockScales[block]));
    }
    asInts.put(0, bits, 0, count);
    asFloats.get(0, values, 0, count);
    scaleBack(count);
    return blocks + quarter;
  }

  /** Writes {@code TO_WHOLE} plus the rounded value of each number to {@link #values}. */
  private void quantize(int count, int position, int key) {
    int blocks = blocks(count);
    for (int block = 0; block < blocks; block++) {
      scale(block, Math.min(count, (block + 1) * Wire.BLOCK));
    }
    asInts.put(0, bits, 0, count);
    asFloats.get(0, values, 0, count);
    draw(count, position, key);
    for (int i = 0; i < count; i++) {
      values[i] = values[i] * inverses[i] + (drawn[i] - 1.5f) + TO_WHOLE;
    }
  }

  /** Computes the scale of a block. */
  private void scale(int block, int end) {
    int largest = 0; // magnitudes of floats have the same order as their bits
    for (int i = block * Wire.BLOCK; i < end; i++) {
      largest = Math.max(largest, bits[i] & MAGNITUDE);
    }
    float scale = largest >= INFINITE ? Float.NaN : Float.intBitsToFloat(largest) / MOST;
    float inverse = MOST / Float.intBitsToFloat(largest);
    blockScales[block] = Float.floatToIntBits(scale);
    fill(scales, block, scale);
    fill(inverses, block, scale > 0 && Float.isFinite(inverse) ? inverse : 0);
  }

  private static void fill(float[] numbers, int block, float value) {
    Arrays.fill(numbers, block * Wire.BLOCK, (block + 1) * Wire.BLOCK, value);
  }

  /**
   * Pseudorandom numbers from 1 to below 2, each from its position and the key (Appleby's murmur3
   * finalizer). With a table of places this takes 0.18 instead of 1.9 ns per number.
   */
  private void draw(int count, int position, int key) {
    int first = position * PLACE + key;
    for (int i = 0; i < count; i++) {
      int h = places[i] + first;
      h = (h ^ (h >>> 16)) * 0x85EBCA6B;
      h = (h ^ (h >>> 13)) * 0xC2B2AE35;
      draws[i] = ((h ^ (h >>> 16)) >>> 9) | ONE_BITS;
    }
    asInts.put(0, draws, 0, count);
    asFloats.get(0, drawn, 0, count);
  }

  /** Converts {@link #values} to the {@link #bits} of the numbers that they represent. */
  private void scaleBack(int count) {
    for (int i = 0; i < count; i++) {
      values[i] = (values[i] - TO_WHOLE) * scales[i];
    }
    asFloats.put(0, values, 0, count);
    asInts.get(0, bits, 0, count);
  }

  private static int blocks(int count) {
    return (count + Wire.BLOCK - 1) / Wire.BLOCK;
  }
}
