package io.evenstep.model.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Decodes one segment of each of many records. */
abstract class SegmentDecoder {
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  final int from; // first byte in a record
  final int to; // first number in a row of the tensor
  final Segment segment;

  SegmentDecoder(Segment segment, int from, int to) {
    this.segment = segment;
    this.from = from;
    this.to = to;
  }

  static SegmentDecoder of(Segment segment, int from, int to) {
    if (segment.kind().isCategory()) {
      return new Categories(segment, from, to);
    } else if (segment.kind() == Segment.Kind.TEXT) {
      return new Texts(segment, from, to);
    } else if (segment.kind().isTokens()) {
      return new TokenDecoder(segment, from, to);
    }
    return segment.storage() == Storage.U8
        ? new Bytes(segment, from, to)
        : new Floats(segment, from, to);
  }

  /**
   * Writes {@code rows} rows of this segment to {@code out}, whose rows have {@code width} numbers.
   */
  abstract void decode(byte[] records, int recordBytes, int rows, float[] out, int width);

  private abstract static class Scaled extends SegmentDecoder {
    final float[] shift;
    final float[] scale;
    final int run; // numbers that share a shift and a scale

    Scaled(Segment segment, int from, int to) {
      super(segment, from, to);
      Scaling scaling = segment.scaling().onReading();
      int pairs = Math.max(1, scaling.shift().size());
      shift = new float[pairs];
      scale = new float[pairs];
      Arrays.fill(scale, 1);
      for (int i = 0; i < scaling.shift().size(); i++) {
        shift[i] = scaling.shift().get(i).floatValue();
        scale[i] = scaling.scale().get(i).floatValue();
      }
      run = segment.stored() / pairs;
    }

    @Override
    void decode(byte[] records, int recordBytes, int rows, float[] out, int width) {
      int bytes = segment.storage().bytes();
      for (int row = 0; row < rows; row++) {
        int in = row * recordBytes + from;
        int at = row * width + to;
        for (int pair = 0; pair < shift.length; pair++) {
          decodeRun(records, in, out, at, shift[pair], scale[pair]);
          in += run * bytes;
          at += run;
        }
      }
    }

    abstract void decodeRun(byte[] in, int from, float[] out, int to, float shift, float scale);
  }

  private static final class Bytes extends Scaled {
    Bytes(Segment segment, int from, int to) {
      super(segment, from, to);
    }

    @Override
    void decodeRun(byte[] in, int from, float[] out, int to, float shift, float scale) {
      for (int i = 0; i < run; i++) {
        out[to + i] = ((in[from + i] & 0xff) - shift) * scale;
      }
    }
  }

  private static final class Floats extends Scaled {
    Floats(Segment segment, int from, int to) {
      super(segment, from, to);
    }

    @Override
    void decodeRun(byte[] in, int from, float[] out, int to, float shift, float scale) {
      for (int i = 0; i < run; i++) {
        out[to + i] = ((float) FLOAT.get(in, from + 4 * i) - shift) * scale;
      }
    }
  }

  private static final class Categories extends SegmentDecoder {
    private final int perColumn; // numbers of one column in the tensor

    Categories(Segment segment, int from, int to) {
      super(segment, from, to);
      this.perColumn = segment.width() / segment.columns().size();
    }

    @Override
    void decode(byte[] records, int recordBytes, int rows, float[] out, int width) {
      for (int row = 0; row < rows; row++) {
        int at = row * width + to;
        Arrays.fill(out, at, at + segment.width(), 0);
        for (int column = 0; column < segment.columns().size(); column++) {
          int index = index(records, row * recordBytes + from, column);
          set(out, at + column * perColumn, index);
        }
      }
    }

    private int index(byte[] records, int start, int column) {
      return segment.storage() == Storage.U8
          ? records[start + column] & 0xff
          : (int) INT.get(records, start + 4 * column);
    }

    private void set(float[] out, int at, int index) {
      if (segment.kind() == Segment.Kind.INDEX) {
        out[at] = index;
      } else if (index != segment.unseenIndex()) {
        out[at + index] = 1;
      }
    }
  }

  /** Counts of terms, weighted. */
  private static final class Texts extends SegmentDecoder {
    private final int terms;
    private final float[] weights; // [terms]; empty for plain counts

    Texts(Segment segment, int from, int to) {
      super(segment, from, to);
      this.terms = segment.width();
      this.weights = new float[segment.scaling().scale().size()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = segment.scaling().scale().get(i).floatValue();
      }
    }

    @Override
    void decode(byte[] records, int recordBytes, int rows, float[] out, int width) {
      for (int row = 0; row < rows; row++) {
        int at = row * width + to;
        Arrays.fill(out, at, at + terms, 0);
        readCounts(records, row * recordBytes + from, out, at);
        if (weights.length > 0) {
          weigh(out, at);
        }
      }
    }

    private void readCounts(byte[] records, int start, float[] out, int at) {
      boolean dense = segment.storage() == Storage.U8;
      for (int i = 0; i < segment.stored(); i++) {
        int entry = dense ? records[start + i] & 0xff : (int) INT.get(records, start + 4 * i);
        int term = dense ? i : entry >>> 8;
        if (entry != 0) {
          out[at + term] = dense ? entry : entry & 0xff;
        }
      }
    }

    /** Scales the row to length 1. */
    private void weigh(float[] out, int at) {
      double squares = 0;
      for (int i = 0; i < terms; i++) {
        out[at + i] *= weights[i];
        squares += (double) out[at + i] * out[at + i];
      }
      float length = (float) Math.sqrt(squares);
      for (int i = 0; i < terms && length > 0; i++) {
        out[at + i] /= length;
      }
    }
  }
}
