package io.evenstep.model.engine.step.window;

import java.util.stream.LongStream;

/**
 * A window that moves over rows and columns, or over steps: one number for each of them.
 *
 * @param kernel points of the window
 * @param stride how far it moves
 * @param dilation distance between its points, 1 for neighbours
 * @param before zeros ahead of the first point
 * @param after zeros behind the last
 */
@SuppressWarnings("ArrayRecordComponent") // what oneDNN takes; nobody compares windows
public record Window(long[] kernel, long[] stride, long[] dilation, long[] before, long[] after) {

  /**
   * How many places it has.
   *
   * @param in points to move over
   */
  public long places(int dimension, long in) {
    long span = (kernel[dimension] - 1) * dilation[dimension] + 1;
    return (in + before[dimension] + after[dimension] - span) / stride[dimension] + 1;
  }

  /**
   * How many points it is spread over by a convolution that enlarges: the reverse of {@link
   * #places}.
   *
   * @param in places
   */
  long spread(int dimension, long in) {
    long span = (kernel[dimension] - 1) * dilation[dimension] + 1;
    return (in - 1) * stride[dimension] + span - before[dimension] - after[dimension];
  }

  /** As oneDNN counts: 0 for neighbours. */
  long[] gaps() {
    return LongStream.of(dilation).map(it -> it - 1).toArray();
  }
}
