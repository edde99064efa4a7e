package io.evenstep.worker.plan;

import java.util.Arrays;
import java.util.Optional;

/** How sums of gradients are written on their way. */
public enum Wire {
  /** Unchanged: 4 bytes per number. */
  FLOAT32,
  /** The upper half of a float, rounded to nearest even: 2 bytes per number. */
  BFLOAT16,
  /** Whole numbers from -127 to 127 in blocks of 128 with a scale: 33/32 bytes per number. */
  INT8;

  /** Numbers that share a scale in {@link #INT8}. A vector is only cut at multiples of it. */
  public static final int BLOCK = 128;

  /** Numbers that are coded at once; the last group of a chunk may have fewer. */
  public static final int TILE = 16 * BLOCK;

  /** The format with this constant's name; empty for any other text. */
  public static Optional<Wire> named(String name) {
    return Arrays.stream(values()).filter(wire -> wire.name().equals(name)).findFirst();
  }

  /** Bytes of a chunk of this many numbers, at least 0. */
  public long bytes(long floats) {
    long tiles = floats / TILE;
    long rest = floats % TILE;
    return switch (this) {
      case FLOAT32 -> floats * Float.BYTES;
      case BFLOAT16 -> Integer.BYTES * (tiles * TILE / 2 + (rest + 1) / 2);
      case INT8 ->
          Integer.BYTES * (tiles * TILE / 4 + (rest + 3) / 4 + (floats + BLOCK - 1) / BLOCK);
    };
  }
}
