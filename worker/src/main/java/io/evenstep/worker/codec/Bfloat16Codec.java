package io.evenstep.worker.codec;

import io.evenstep.model.engine.Bfloat16;
import io.evenstep.worker.plan.Wire;
import java.nio.IntBuffer;
import java.util.Arrays;

/** A word holds one number of the tile's first half and one of its second. */
final class Bfloat16Codec extends Codec {
  private static final int UPPER = 0xFFFF0000;

  private final int[] packed = new int[Wire.TILE / 2];

  @Override
  void roundTile(int count, int position, int key) {
    for (int i = 0; i < count; i++) {
      bits[i] = Bfloat16.round(bits[i]);
    }
  }

  @Override
  int encodeTile(int count, int position, int key, IntBuffer words, int word) {
    roundTile(count, position, key);
    int half = (count + 1) / 2;
    Arrays.fill(bits, count, 2 * half, 0);
    for (int i = 0; i < half; i++) {
      packed[i] = (bits[i] >>> 16) | bits[i + half];
    }
    words.put(word, packed, 0, half);
    return half;
  }

  @Override
  int decodeTile(int count, IntBuffer words, int word) {
    int half = (count + 1) / 2;
    words.get(word, packed, 0, half);
    for (int i = 0; i < half; i++) {
      bits[i] = packed[i] << 16;
      bits[i + half] = packed[i] & UPPER;
    }
    return half;
  }
}
