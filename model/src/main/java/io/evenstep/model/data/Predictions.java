package io.evenstep.model.data;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network's outputs for the rows of a batch.
 *
 * @param outputs one array per output, [rows, ...]
 */
public record Predictions(List<INDArray> outputs) implements AutoCloseable {
  /** Copies the list. */
  public Predictions {
    outputs = List.copyOf(outputs);
  }

  /** Frees the arrays' memory; do not use them afterwards. */
  @Override
  public void close() {
    outputs.stream().filter(INDArray::closeable).forEach(INDArray::close);
  }
}
