package io.evenstep.model.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes arrays of counts, most of which are zero: only the other entries, with their indexes. */
final class Counts {
  private Counts() {}

  static void add(long[] to, long[] from) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  static void write(DataOutput out, long[] counts) throws IOException {
    int filled = 0;
    for (long count : counts) {
      filled += count == 0 ? 0 : 1;
    }
    out.writeInt(filled);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        out.writeInt(i);
        out.writeLong(counts[i]);
      }
    }
  }

  /**
   * Fills an array of zeros.
   *
   * @throws IOException when an index is outside the array
   */
  static void read(DataInput in, long[] counts) throws IOException {
    int filled = in.readInt();
    for (int i = 0; i < filled; i++) {
      int place = in.readInt();
      if (place < 0 || place >= counts.length) {
        throw new IOException("Invalid index: must be below " + counts.length + ", got " + place);
      }
      counts[place] = in.readLong();
    }
  }
}
