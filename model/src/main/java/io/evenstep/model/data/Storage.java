package io.evenstep.model.data;

/** How one number lies in a record, little-endian. */
public enum Storage {
  /** An unsigned byte: a pixel, or the index of one of at most 256 categories. */
  U8(1),
  /** Nothing: the number is the input's. */
  NONE(0),
  /** A float. */
  F32(4),
  /** An int: the index of a category. */
  I32(4);

  private final int bytes;

  Storage(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** The smallest storage for one of {@code indexes} indexes. */
  public static Storage forIndexes(int indexes) {
    return indexes <= 256 ? U8 : I32;
  }
}
