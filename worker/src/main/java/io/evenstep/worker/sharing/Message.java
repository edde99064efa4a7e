package io.evenstep.worker.sharing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of growing length, little-endian. Reused from step to step. */
public final class Message {
  /** The order of the bytes of a number. */
  public static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private static final int MORE = 0x80;

  private ByteBuffer bytes = ByteBuffer.allocate(1 << 10).order(ORDER);

  /** Removes all bytes. */
  public void clear() {
    bytes.clear();
  }

  /** How many bytes there are. */
  public int length() {
    return bytes.position();
  }

  /** Appends 4 bytes. */
  void add(float number) {
    room(Float.BYTES).putFloat(number);
  }

  /** Appends 2 bytes. */
  void add(short number) {
    room(Short.BYTES).putShort(number);
  }

  /** Appends a number of at least 0 in 7 bits per byte; small numbers take fewer bytes. */
  void addVarint(long number) {
    ByteBuffer to = room(Long.BYTES + 2);
    long rest = number;
    while (rest >= MORE) {
      to.put((byte) (rest | MORE));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  /** Writes the bytes at the position of {@code to}. */
  public void writeTo(ByteBuffer to) {
    to.put(bytes.array(), 0, length());
  }

  /** Reads the result of {@link #addVarint}. */
  static long varint(ByteBuffer from) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = from.get();
      number |= (long) (next & (MORE - 1)) << shift;
      if (next >= 0) {
        return number;
      }
    }
  }

  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      int length = Math.max(2 * bytes.capacity(), bytes.position() + more);
      byte[] larger = Arrays.copyOf(bytes.array(), length);
      int position = bytes.position();
      bytes = ByteBuffer.wrap(larger).order(ORDER);
      bytes.position(position);
    }
    return bytes;
  }
}
