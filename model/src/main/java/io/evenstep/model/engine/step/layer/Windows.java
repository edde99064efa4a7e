package io.evenstep.model.engine.step.layer;

import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.op.Window;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;

/** DL4J's windows as ours. */
final class Windows {
  private Windows() {}

  /** What of images there are no operations for. */
  static Optional<String> uncovered(ConvolutionMode mode, CNN2DFormat format) {
    return LayerSettings.first(
        LayerSettings.when(mode == ConvolutionMode.Causal, "causal padding of images"),
        LayerSettings.when(format != CNN2DFormat.NCHW, "images with their channels last"));
  }

  /**
   * @param in what it moves over, [rows, channels, points ...]
   */
  static Window of(
      Value in, ConvolutionMode mode, int[] kernel, int[] stride, int[] dilation, int[] padding) {
    int points = in.shape().size() - 2;
    long[] before = new long[points];
    long[] after = new long[points];
    for (int i = 0; i < points; i++) {
      long span = (kernel[i] - 1L) * dilation[i] + 1;
      if (mode == ConvolutionMode.Same) {
        long places = (in.size(i + 2) + stride[i] - 1) / stride[i];
        long zeros = Math.max(0, (places - 1) * stride[i] + span - in.size(i + 2));
        before[i] = zeros / 2;
        after[i] = zeros - before[i];
      } else if (mode == ConvolutionMode.Causal) {
        before[i] = span - 1; // a step sees none that come after it
      } else {
        before[i] = padding[i];
        after[i] = padding[i];
      }
    }
    return new Window(
        longs(kernel, points), longs(stride, points), longs(dilation, points), before, after);
  }

  private static long[] longs(int[] numbers, int count) {
    return Arrays.stream(numbers).limit(count).asLongStream().toArray();
  }
}
