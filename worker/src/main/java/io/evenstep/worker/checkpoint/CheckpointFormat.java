package io.evenstep.worker.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenstep.model.Sha256;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a checkpoint, with big-endian integers: magic (4 bytes), version (4); the position
 * as JSON; the parameters; the number of state sections (4); for each section its name, as a length
 * (1) and ASCII bytes, and its content; then the SHA-256 of all that. JSON, parameters and contents
 * each have a length (8) before their bytes. Version 2, which can still be read, has the
 * optimizer's state in place of the count and the sections.
 */
final class CheckpointFormat {
  private static final int MAGIC = 0x4556434B; // EVCK
  private static final int VERSION = 3;
  private static final int ONE_STATE_VERSION = 2;
  private static final String STATE_OF_ONE_STATE_VERSION = "optimizer";
  private static final int DIGEST_BYTES = 32;
  private static final long MAX_POSITION_BYTES = 16 << 20;
  private static final int MAX_SECTIONS = 10_000; // sharing has one for each shard

  private CheckpointFormat() {}

  static void write(Checkpoint checkpoint, OutputStream file) throws IOException {
    DigestOutputStream digested = new DigestOutputStream(file, Sha256.digest());
    DataOutputStream out = new DataOutputStream(digested);
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    writeSection(ByteBuffer.wrap(checkpoint.position().toJson()), out);
    writeSection(checkpoint.parameters(), out);
    out.writeInt(checkpoint.state().size());
    for (Section section : checkpoint.state()) {
      byte[] name = section.name().getBytes(StandardCharsets.US_ASCII);
      out.writeByte(name.length);
      out.write(name);
      writeSection(section.bytes(), out);
    }
    out.flush();
    file.write(digested.getMessageDigest().digest());
  }

  private static void writeSection(ByteBuffer bytes, DataOutputStream out) throws IOException {
    out.writeLong(bytes.remaining());
    WritableByteChannel channel = Channels.newChannel(out);
    ByteBuffer rest = bytes.duplicate();
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  /**
   * Reads a checkpoint of this version or of version 2.
   *
   * @param fileBytes length of the whole file
   * @throws IOException saying what is wrong with it
   */
  static Checkpoint read(InputStream file, long fileBytes) throws IOException {
    DigestInputStream digested = new DigestInputStream(file, Sha256.digest());
    CountedInput in = new CountedInput(digested, fileBytes - DIGEST_BYTES);
    int version = version(in);
    ByteBuffer position = in.buffer(MAX_POSITION_BYTES);
    ByteBuffer parameters = in.buffer(Long.MAX_VALUE);
    List<Section> state = version == VERSION ? state(in) : oneState(in);
    in.requireEnd();
    byte[] expected = digested.getMessageDigest().digest();
    digested.on(false);
    CountedInput.require(
        MessageDigest.isEqual(expected, file.readNBytes(DIGEST_BYTES)), "its SHA-256 is wrong");
    return new Checkpoint(position(position), parameters, state);
  }

  /**
   * Reads the position only. Whether the file is whole is not checked.
   *
   * @param fileBytes length of the whole file
   * @throws IOException saying what is wrong with it
   */
  static Position readPosition(InputStream file, long fileBytes) throws IOException {
    CountedInput in = new CountedInput(file, fileBytes - DIGEST_BYTES);
    version(in);
    return position(in.buffer(MAX_POSITION_BYTES));
  }

  private static int version(CountedInput in) throws IOException {
    CountedInput.require(in.integer() == MAGIC, "it is not a checkpoint file");
    int version = in.integer();
    CountedInput.require(
        version == VERSION || version == ONE_STATE_VERSION,
        "its version is "
            + version
            + ", but this Evenstep reads versions "
            + ONE_STATE_VERSION
            + " and "
            + VERSION);
    return version;
  }

  private static List<Section> state(CountedInput in) throws IOException {
    int count = in.integer();
    CountedInput.require(count >= 0 && count <= MAX_SECTIONS, "its number of sections is wrong");
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = in.name();
      sections.add(new Section(name, in.buffer(Long.MAX_VALUE)));
    }
    return sections;
  }

  private static List<Section> oneState(CountedInput in) throws IOException {
    ByteBuffer bytes = in.buffer(Long.MAX_VALUE);
    return bytes.hasRemaining()
        ? List.of(new Section(STATE_OF_ONE_STATE_VERSION, bytes))
        : List.of();
  }

  private static Position position(ByteBuffer bytes) throws IOException {
    byte[] json = new byte[bytes.remaining()];
    bytes.get(json);
    try {
      return Position.fromJson(json);
    } catch (JsonProcessingException e) {
      throw new IOException("its header cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
