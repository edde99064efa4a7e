package io.evenstep.worker.net;

import java.nio.ByteBuffer;

/**
 * The header of a frame, 24 bytes, big-endian: magic 2, type 1, piece 1, step 4, chunk 4, length 4,
 * value 8.
 *
 * @param piece index of the sender's subtree, 0 to 127
 * @param step low 32 bits of the global step
 * @param chunk index of the part of a slice
 * @param length bytes of payload
 * @param value an additional number, such as the loss of a piece
 */
public record FrameHeader(
    FrameType type, int piece, int step, int chunk, int length, double value) {
  static final int BYTES = 24;
  private static final short MAGIC = (short) 0xE5F7;
  private static final FrameType[] TYPES = FrameType.values();

  public static FrameHeader of(
      FrameType type, int piece, long step, int chunk, int length, double value) {
    return new FrameHeader(type, piece, (int) step, chunk, length, value);
  }

  /** Writes the header to {@code out}. */
  void write(ByteBuffer out) {
    out.putShort(MAGIC).put((byte) type.ordinal()).put((byte) piece);
    out.putInt(step).putInt(chunk).putInt(length);
    out.putLong(Double.doubleToRawLongBits(value));
  }

  /**
   * Reads a header from {@code in}.
   *
   * @throws ProtocolException when the bytes are not a header
   */
  static FrameHeader read(ByteBuffer in) {
    short magic = in.getShort();
    int type = in.get();
    if (magic != MAGIC || type < 0 || type >= TYPES.length) {
      throw new ProtocolException(
          "Invalid frame: must begin with the magic number and a known type");
    }
    int piece = in.get();
    int step = in.getInt();
    int chunk = in.getInt();
    int length = in.getInt();
    double value = Double.longBitsToDouble(in.getLong());
    return new FrameHeader(TYPES[type], piece, step, chunk, length, value);
  }

  /** Whether this header matches {@code expected}, except for the value. */
  public boolean answers(FrameHeader expected) {
    return type == expected.type
        && piece == expected.piece
        && step == expected.step
        && chunk == expected.chunk
        && length == expected.length;
  }
}
