package io.evenstep.worker.checkpoint;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Reads a fixed number of bytes. Lengths are checked against the bytes that are left before
 * anything is allocated.
 */
final class CountedInput {
  private final DataInputStream in;
  private long left;

  CountedInput(InputStream in, long bytes) {
    this.in = new DataInputStream(in);
    this.left = bytes;
  }

  int integer() throws IOException {
    take(Integer.BYTES);
    return in.readInt();
  }

  /** Reads a length of one byte and that many bytes of ASCII. */
  String name() throws IOException {
    take(1);
    int length = in.readUnsignedByte();
    take(length);
    byte[] name = in.readNBytes(length);
    return new String(name, StandardCharsets.US_ASCII);
  }

  /** Reads a length of eight bytes and that many bytes, into a little-endian buffer. */
  ByteBuffer buffer(long most) throws IOException {
    take(Long.BYTES);
    long length = in.readLong();
    require(length >= 0 && length <= Math.min(most, left), "a section's length is wrong");
    take(length);
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(length));
    ReadableByteChannel channel = Channels.newChannel(in);
    while (bytes.hasRemaining()) {
      require(channel.read(bytes) >= 0, "it is truncated");
    }
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  void requireEnd() throws IOException {
    require(left == 0, "its sections do not add up to its length");
  }

  private void take(long bytes) throws IOException {
    require(bytes <= left, "it is too short");
    left -= bytes;
  }

  /**
   * Checks a condition.
   *
   * @throws IOException saying what is wrong, when it does not hold
   */
  static void require(boolean holds, String problem) throws IOException {
    if (!holds) {
      throw new IOException(problem);
    }
  }
}
