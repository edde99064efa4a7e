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
   * Decodes consecutive records.
   *
   * @param records little-endian; {@code rows * recordBytes()} bytes from its position on are read
   * @param rows how many, at least 1
   * @return normalised tensors, which later calls do not change until the batch is closed
   */
  MiniBatch decode(ByteBuffer records, int rows);

  /**
   * Decodes one segment of records that are cut along time.
   *
   * @param segment from 0; always 0 when rows are not cut
   */
  default MiniBatch decode(ByteBuffer records, int rows, int segment) {
    return decode(records, rows);
  }
}
