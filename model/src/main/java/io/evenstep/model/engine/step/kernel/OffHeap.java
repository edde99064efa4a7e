package io.evenstep.model.engine.step.kernel;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;

/** Memory outside Java's heap, for loops in Java. */
public final class OffHeap {
  private OffHeap() {}

  /**
   * Floats that somebody else owns. Allocates a view, so do not call it in a step.
   *
   * @param count below 2^29
   */
  public static FloatBuffer floats(long address, long count) {
    long bytes = count * Float.BYTES;
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Invalid size: must be below 2 GB for a loop in Java, got " + bytes);
    }
    if (count == 0) {
      return FloatBuffer.allocate(0);
    }
    Address place = new Address();
    place.moveTo(address);
    return new BytePointer(place)
        .capacity(bytes)
        .limit(bytes)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
