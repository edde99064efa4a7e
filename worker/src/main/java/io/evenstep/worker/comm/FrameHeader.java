package io.evenstep.worker.comm;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The 28 bytes before every payload, big-endian: magic 2, type 1, piece 1, step 4, chunk 4, length
 * 4, value 8, CRC-32C 4. The checksum covers the 24 bytes before it and the payload.
 *
 * @param piece which of the sender's subtrees, 0 to 127
 * @param step low 32 bits of the global step
 * @param chunk which part of a slice
 * @param length bytes of payload
 * @param value a number that rides along, such as the loss of a piece
 * @param crc the checksum as it was sent, or 0 before that
 */
record FrameHeader(
    FrameType type, int piece, int step, int chunk, int length, double value, int crc) {
  static final int BYTES = 28;
  private static final int CHECKED_BYTES = 24;
  private static final short MAGIC = (short) 0xE5F7;
  private static final FrameType[] TYPES = FrameType.values();

  static FrameHeader of(FrameType type, int piece, long step, int chunk, int length, double value) {
    return new FrameHeader(type, piece, (int) step, chunk, length, value, 0);
  }

  /** Writes the header, with the checksum over itself and {@code payload}, to {@code out}. */
  void write(ByteBuffer out, ByteBuffer payload) {
    ByteBuffer checked = out.slice();
    out.putShort(MAGIC).put((byte) type.ordinal()).put((byte) piece);
    out.putInt(step).putInt(chunk).putInt(length);
    out.putLong(Double.doubleToRawLongBits(value));
    CRC32C sum = new CRC32C();
    sum.update(checked.limit(CHECKED_BYTES));
    sum.update(payload.duplicate());
    out.putInt((int) sum.getValue());
  }

  /**
   * Reads a header from the start of {@code in} and begins its checksum in {@code sum}.
   *
   * @throws ProtocolException when it is no header
   */
  static FrameHeader read(ByteBuffer in, CRC32C sum) {
    ByteBuffer source = in.duplicate();
    sum.reset();
    sum.update(in.duplicate().limit(in.position() + CHECKED_BYTES));
    short magic = source.getShort();
    int type = source.get();
    if (magic != MAGIC || type < 0 || type >= TYPES.length) {
      throw new ProtocolException("Invalid frame: must begin with magic and a known type");
    }
    int piece = source.get();
    int step = source.getInt();
    int chunk = source.getInt();
    int length = source.getInt();
    double value = Double.longBitsToDouble(source.getLong());
    return new FrameHeader(TYPES[type], piece, step, chunk, length, value, source.getInt());
  }

  /** Whether a frame with this header is the one that {@code expected} describes. */
  boolean answers(FrameHeader expected) {
    return type == expected.type
        && piece == expected.piece
        && step == expected.step
        && chunk == expected.chunk
        && length == expected.length;
  }
}
