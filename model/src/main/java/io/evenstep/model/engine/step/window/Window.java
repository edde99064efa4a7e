package io.evenstep.model.engine.step.window;

import java.util.stream.LongStream;

/**
 * A window that moves over rows and columns, or over steps. Each array has one number per
 * dimension.
 *
 * @param kernel points of the window
 * @param stride how far it moves
 * @param dilation distance between its points, 1 for neighbours
 * @param before zeros before the first point
 * @param after zeros after the last point
 */
@SuppressWarnings("ArrayRecordComponent") // oneDNN takes arrays; windows are never compared
public record Window(long[] kernel, long[] stride, long[] dilation, long[] before, long[] after) {

  /**
   * How many positions it has.
   *
   * @param in points to move over
   */
  public long places(int dimension, long in) {
    long span = (kernel[dimension] - 1) * dilation[dimension] + 1;
    return (in + before[dimension] + after[dimension] - span) / stride[dimension] + 1;
  }

  /**
   * How many output points a transposed convolution has: the reverse of {@link #places}.
   *
   * @param in positions
   */
  long spread(int dimension, long in) {
    long span = (kernel[dimension] - 1) * dilation[dimension] + 1;
    return (in - 1) * stride[dimension] + span - before[dimension] - after[dimension];
  }

  /** The dilation as oneDNN counts it: 0 for neighbours. */
  long[] gaps() {
    return LongStream.of(dilation).map(it -> it - 1).toArray();
  }
}
