package io.evenstep.model.data;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network says of the rows of a batch.
 *
 * @param outputs one array an output, [rows, ...]
 */
public record Predictions(List<INDArray> outputs) implements AutoCloseable {
  /** Copies the list. */
  public Predictions {
    outputs = List.copyOf(outputs);
  }

  /** Gives the arrays' memory back; they must not be used again. */
  @Override
  public void close() {
    outputs.stream().filter(INDArray::closeable).forEach(INDArray::close);
  }
}
