package io.evenstep.model.engine.step.layer.window;

import io.evenstep.model.engine.step.layer.site.LayerSettings;
import io.evenstep.model.engine.step.op.Value;
import io.evenstep.model.engine.step.window.Window;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Converts DL4J's windows to ours. */
final class Windows {
  private Windows() {}

  /** What is not covered for images. */
  static Optional<String> uncovered(ConvolutionMode mode, CNN2DFormat format) {
    return LayerSettings.first(
        LayerSettings.when(mode == ConvolutionMode.Causal, "causal padding of images"),
        LayerSettings.when(format != CNN2DFormat.NCHW, "images with their channels last"));
  }

  /**
   * @param in what it moves over, [rows, channels, points ...]
   */
  static Window of(Value in, ConvolutionLayer layer) {
    return of(
        in,
        layer.getConvolutionMode(),
        layer.getKernelSize(),
        layer.getStride(),
        layer.getDilation(),
        layer.getPadding());
  }

  /**
   * @param in what it moves over, [rows, channels, points ...]
   */
  static Window of(Value in, SubsamplingLayer layer) {
    return of(
        in,
        layer.getConvolutionMode(),
        layer.getKernelSize(),
        layer.getStride(),
        layer.getDilation(),
        layer.getPadding());
  }

  /** For a layer that enlarges images: with same padding, by its stride. */
  static Window ofEnlarging(ConvolutionLayer layer) {
    int[] kernel = layer.getKernelSize();
    long[] before = new long[kernel.length];
    long[] after = new long[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      if (layer.getConvolutionMode() == ConvolutionMode.Same) {
        long beyond = span(kernel[i], layer.getDilation()[i]) - layer.getStride()[i];
        before[i] = beyond / 2;
        after[i] = beyond - before[i];
      } else {
        before[i] = layer.getPadding()[i];
        after[i] = layer.getPadding()[i];
      }
    }
    return new Window(
        longs(kernel, kernel.length),
        longs(layer.getStride(), kernel.length),
        longs(layer.getDilation(), kernel.length),
        before,
        after);
  }

  /** Points from the first to the last of a kernel, inclusive. */
  static long span(int kernel, int dilation) {
    return (kernel - 1L) * dilation + 1;
  }

  private static Window of(
      Value in, ConvolutionMode mode, int[] kernel, int[] stride, int[] dilation, int[] padding) {
    int points = in.shape().size() - 2;
    long[] before = new long[points];
    long[] after = new long[points];
    for (int i = 0; i < points; i++) {
      long span = span(kernel[i], dilation[i]);
      if (mode == ConvolutionMode.Same) {
        long places = (in.size(i + 2) + stride[i] - 1) / stride[i];
        long zeros = Math.max(0, (places - 1) * stride[i] + span - in.size(i + 2));
        before[i] = zeros / 2;
        after[i] = zeros - before[i];
      } else if (mode == ConvolutionMode.Causal) {
        before[i] = span - 1; // a step sees no later steps
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
