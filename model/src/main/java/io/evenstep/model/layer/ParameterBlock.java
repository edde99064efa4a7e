package io.evenstep.model.layer;

import java.util.List;

/**
 * One array of a layer's parameters, in the order of the flat vector.
 *
 * @param key DL4J's name of the array
 * @param shape [rows, columns], in Fortran order in the flat vector
 * @param start how it is filled at first
 * @param parts how many matrices of equal size are side by side, each drawn by itself
 */
public record ParameterBlock(String key, List<Long> shape, Start start, int parts) {
  /** What an array is before training. */
  enum Start {
    /** Drawn by the layer's weight initialization; penalised like weights. */
    WEIGHTS,
    /** Drawn by the layer's weight initialization; not penalised like weights. */
    POINTS,
    /** All 0; penalised like biases. */
    ZERO,
    /** All 1; penalised like biases. */
    ONE
  }

  static ParameterBlock weights(String key, long in, long out, int parts) {
    return new ParameterBlock(key, List.of(in, parts * out), Start.WEIGHTS, parts);
  }

  static ParameterBlock points(String key, long size, long count) {
    return new ParameterBlock(key, List.of(size, count), Start.POINTS, 1);
  }

  static ParameterBlock bias(String key, long size) {
    return new ParameterBlock(key, List.of(1L, size), Start.ZERO, 1);
  }

  static ParameterBlock gain(String key, long size) {
    return new ParameterBlock(key, List.of(1L, size), Start.ONE, 1);
  }

  long length() {
    return shape.get(0) * shape.get(1);
  }
}
