package io.evenstep.model.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes tokens: as [steps] numbers, 0 where a text has no token; or, if they are to be predicted,
 * one-hot as [vocabulary, steps], all 0 where there is no token.
 */
final class TokenDecoder extends SegmentDecoder {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int steps;
  private final int absent; // stands for no token
  private final boolean isOneHot;

  TokenDecoder(Segment segment, int from, int to) {
    super(segment, from, to);
    this.steps = segment.stored();
    this.absent = segment.unseenIndex();
    this.isOneHot = segment.kind() == Segment.Kind.NEXT_TOKENS;
  }

  @Override
  void decode(byte[] records, int recordBytes, int rows, float[] out, int width) {
    for (int row = 0; row < rows; row++) {
      int at = row * width + to;
      Arrays.fill(out, at, at + segment.width(), 0);
      for (int step = 0; step < steps; step++) {
        int token = token(records, row * recordBytes + from, step);
        if (token < absent && isOneHot) {
          out[at + token * steps + step] = 1;
        } else if (token < absent) {
          out[at + step] = token;
        }
      }
    }
  }

  private int token(byte[] records, int start, int step) {
    return segment.storage() == Storage.U8
        ? records[start + step] & 0xff
        : (int) INT.get(records, start + 4 * step);
  }
}
