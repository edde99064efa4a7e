package io.evenstep.worker.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The bytes of a checkpoint, integers big-endian: magic 4, version 4; then three sections, each a
 * length of 8 bytes and so many bytes: the position as JSON, the parameters, the optimizer's state;
 * then the SHA-256 of all that. Lengths must add up to the file's before anything is allocated.
 */
final class CheckpointFormat {
  private static final int MAGIC = 0x4556434B; // EVCK
  private static final int VERSION = 2;
  private static final int DIGEST_BYTES = 32;
  private static final long FIXED_BYTES = 8 + 3 * 8 + DIGEST_BYTES;
  private static final long MAX_HEADER_BYTES = 16 << 20;

  private CheckpointFormat() {}

  static void write(Checkpoint checkpoint, OutputStream file) throws IOException {
    DigestOutputStream digested = new DigestOutputStream(file, sha256());
    DataOutputStream out = new DataOutputStream(digested);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    writeSection(ByteBuffer.wrap(checkpoint.position().toJson()), out);
    writeSection(checkpoint.parameters(), out);
    writeSection(checkpoint.optimizerState(), out);
    out.flush();
    file.write(digested.getMessageDigest().digest());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param fileBytes length of the whole file
   * @throws IOException saying what is wrong with it
   */
  static Checkpoint read(InputStream file, long fileBytes) throws IOException {
    DigestInputStream digested = new DigestInputStream(file, sha256());
    DataInputStream in = new DataInputStream(digested);
    require(fileBytes >= FIXED_BYTES, "it is too short");
    require(in.readInt() == MAGIC, "it does not begin as a checkpoint does");
    require(in.readInt() == VERSION, "its version is not " + VERSION);
    long left = fileBytes - FIXED_BYTES;
    ByteBuffer header = readSection(in, Math.min(left, MAX_HEADER_BYTES));
    left -= header.remaining();
    ByteBuffer parameters = readSection(in, left);
    left -= parameters.remaining();
    ByteBuffer state = readSection(in, left);
    require(left == state.remaining(), "its sections do not add up to its length");
    byte[] expected = digested.getMessageDigest().digest();
    digested.on(false);
    require(MessageDigest.isEqual(expected, in.readNBytes(DIGEST_BYTES)), "its SHA-256 is wrong");
    return new Checkpoint(position(header), parameters, state);
  }

  private static Position position(ByteBuffer header) throws IOException {
    byte[] json = new byte[header.remaining()];
    header.get(json);
    try {
      return Position.fromJson(json);
    } catch (JsonProcessingException e) {
      throw new IOException("its header cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  private static void writeSection(ByteBuffer bytes, DataOutputStream out) throws IOException {
    out.writeLong(bytes.remaining());
    WritableByteChannel channel = Channels.newChannel(out);
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static ByteBuffer readSection(DataInputStream in, long maxBytes) throws IOException {
    long length = in.readLong();
    require(length >= 0 && length <= maxBytes, "a section's length is wrong");
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.toIntExact(length));
    ReadableByteChannel channel = Channels.newChannel(in);
    while (bytes.hasRemaining()) {
      require(channel.read(bytes) >= 0, "it ends early");
    }
    return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void require(boolean holds, String problem) throws IOException {
    if (!holds) {
      throw new IOException(problem);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
