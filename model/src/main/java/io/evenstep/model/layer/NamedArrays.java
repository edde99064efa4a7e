package io.evenstep.model.layer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Parameters and gradients of a layer, by the names of its parameters. */
final class NamedArrays {
  private NamedArrays() {}

  /** The array of a parameter that the layer has. */
  static INDArray of(Map<String, INDArray> arrays, String name) {
    INDArray found = arrays.get(name);
    if (found == null) {
      throw new IllegalStateException("No " + name + " among " + arrays.keySet());
    }
    return found;
  }
}
