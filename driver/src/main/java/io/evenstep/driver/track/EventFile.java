package io.evenstep.driver.track;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file: records of length and data, each with a masked CRC-32C, as in
 * TensorFlow's {@code record_writer.h}. Each record has an {@code Event} message of {@code
 * event.proto}.
 */
final class EventFile implements AutoCloseable {
  private static final int WALL_TIME = 1; // fields of Event
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int VALUE = 1; // field of Summary
  private static final int TAG = 1; // fields of Summary.Value
  private static final int SIMPLE_VALUE = 2;
  private static final int STATUS = 1; // field of SessionLog
  private static final int START = 1;
  private static final int MASK = 0xa282ead8;

  private final OutputStream out;

  /** Starts a file. */
  EventFile(OutputStream out, Instant now) throws IOException {
    this.out = out;
    write(event(now).text(FILE_VERSION, "brain.Event:2"));
  }

  /**
   * Adds a scalar.
   *
   * @param tag name of its curve; the part before a slash groups curves
   * @param step position on the curve
   */
  void scalar(Instant at, long step, String tag, double value) throws IOException {
    ProtoBytes point = new ProtoBytes().text(TAG, tag).number(SIMPLE_VALUE, (float) value);
    ProtoBytes summary = new ProtoBytes().message(VALUE, point);
    write(event(at).integer(STEP, step).message(SUMMARY, summary));
  }

  /**
   * Adds any other value of a summary.
   *
   * @param value a {@code Summary.Value} message
   */
  void value(Instant at, long step, ProtoBytes value) throws IOException {
    write(event(at).integer(STEP, step).message(SUMMARY, new ProtoBytes().message(VALUE, value)));
  }

  /** Marks that steps from here on are repeated: TensorBoard discards their earlier values. */
  void restart(Instant at, long step) throws IOException {
    ProtoBytes session = new ProtoBytes().integer(STATUS, START);
    write(event(at).integer(STEP, step).message(SESSION_LOG, session));
  }

  private static ProtoBytes event(Instant at) {
    return new ProtoBytes().number(WALL_TIME, at.toEpochMilli() / 1e3);
  }

  private void write(ProtoBytes event) throws IOException {
    byte[] data = event.toByteArray();
    byte[] length = littleEndian(Long.BYTES).putLong(data.length).array();
    out.write(length);
    out.write(masked(length));
    out.write(data);
    out.write(masked(data));
  }

  private static byte[] masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    return littleEndian(Integer.BYTES).putInt(value).array();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
