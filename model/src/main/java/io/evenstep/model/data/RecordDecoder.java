package io.evenstep.model.data;

import java.nio.ByteBuffer;

/**
 * Turns the fixed-size records of a pack into tensors. Not thread-safe; each feed thread has its
 * own.
 */
public interface RecordDecoder {
  /** Bytes of one record; the same for every record of a pack. */
  int recordBytes();

  /**
   * Decodes records that lie one after another.
   *
   * @param records little-endian; {@code rows * recordBytes()} bytes from its position on are read
   * @param rows how many, at least 1
   * @return normalised tensors of its own, which later calls do not touch until it is closed
   */
  MiniBatch decode(ByteBuffer records, int rows);

  /**
   * Decodes one of the segments that records are cut into along time.
   *
   * @param segment from 0; a decoder of rows that are not cut is asked for 0 only
   */
  default MiniBatch decode(ByteBuffer records, int rows, int segment) {
    return decode(records, rows);
  }
}
