package io.evenstep.model.engine.step.op;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/**
 * One of oneDNN's activations that work element by element.
 *
 * @param forward the function
 * @param backward its derivative
 * @param fromOutput whether the derivative is computed from the function's value; else from its
 *     argument
 */
public record Function(
    algorithm forward, algorithm backward, float alpha, float beta, boolean fromOutput) {
  /**
   * A function whose derivative is computed from its value, so that it can be part of another
   * kernel.
   */
  public static Function ofOutput(algorithm forward, algorithm backward, float alpha, float beta) {
    return new Function(forward, backward, alpha, beta, true);
  }

  /** A function whose derivative needs its argument. */
  public static Function ofInput(algorithm function, float alpha, float beta) {
    return new Function(function, function, alpha, beta, false);
  }

  /** A multiple of its argument. */
  public static Function times(float factor) {
    return ofInput(algorithm.eltwise_linear, factor, 0);
  }

  /**
   * The post-operation for another kernel; empty for a function whose derivative needs its
   * argument.
   */
  public static Optional<Function> fusible(Optional<Function> function) {
    return function.filter(Function::fromOutput);
  }
}
