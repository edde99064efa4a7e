package io.evenstep.model.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer that DL4J lacks: a function of its input and its parameters. {@link #backward} computes
 * again what it needs of {@link #forward}.
 */
public interface OwnLayer {
  /** The parameters, in the order of the flat vector. */
  List<ParameterBlock> blocks();

  /**
   * Computes the output.
   *
   * @param in [rows, ...]
   * @param parameters by key
   * @return [rows, ...], a new array
   */
  INDArray forward(INDArray in, Map<String, INDArray> parameters);

  /**
   * Computes the slope of the input, and writes the gradients of the parameters.
   *
   * @param in as in {@link #forward}
   * @param slope of the output, in its shape
   * @param gradients by key, to be overwritten
   * @return in the shape of the input, a new array
   */
  INDArray backward(
      INDArray in,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients);

  /**
   * Computes the output where some steps are padding, which steps must not see.
   *
   * @param mask [rows, steps], 0 for padding
   */
  default INDArray forward(INDArray in, INDArray mask, Map<String, INDArray> parameters) {
    return forward(in, parameters);
  }

  /**
   * The same for {@link #backward(INDArray, INDArray, Map, Map)}.
   *
   * @param mask [rows, steps], 0 for padding
   */
  default INDArray backward(
      INDArray in,
      INDArray mask,
      INDArray slope,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients) {
    return backward(in, slope, parameters, gradients);
  }

  /** Whether later layers must apply a mask of the steps. */
  default MaskState behind(MaskState before) {
    return before;
  }
}
