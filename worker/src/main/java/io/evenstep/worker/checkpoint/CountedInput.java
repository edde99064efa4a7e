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
 * Reads so many bytes and no more: a length is held against what is left before anything is
 * allocated.
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

  /** A length of one byte, and so many bytes of ASCII. */
  String name() throws IOException {
    take(1);
    int length = in.readUnsignedByte();
    take(length);
    byte[] name = in.readNBytes(length);
    return new String(name, StandardCharsets.US_ASCII);
  }

  /** A length of eight bytes, and so many bytes, little-endian. */
  ByteBuffer buffer(long most) throws IOException {
    take(Long.BYTES);
    long length = in.readLong();
    require(length >= 0 && length <= Math.min(most, left), "a section's length is wrong");
    take(length);
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(length));
    ReadableByteChannel channel = Channels.newChannel(in);
    while (bytes.hasRemaining()) {
      require(channel.read(bytes) >= 0, "it ends early");
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
   * Lets pass what is right.
   *
   * @throws IOException saying what is wrong
   */
  static void require(boolean holds, String problem) throws IOException {
    if (!holds) {
      throw new IOException(problem);
    }
  }
}
