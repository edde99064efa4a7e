package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.dnnl.memory;

/**
 * What flows from one operation to the next.
 *
 * @param shape rows first: [rows, size], [rows, channels, height, width], [rows, size, time]
 * @param data the numbers
 * @param slope what the loss's derivative by each number is written to, laid out as the data; empty
 *     where nobody asks for it: for inputs, and in inference
 */
public record Value(List<Long> shape, Tensor data, Optional<Tensor> slope) {
  /** Copies the shape. */
  public Value {
    shape = List.copyOf(shape);
  }

  /** The shape, for oneDNN. */
  public long[] dims() {
    return shape.stream().mapToLong(it -> it).toArray();
  }

  /** Size of a dimension. */
  public long size(int dimension) {
    return shape.get(dimension);
  }

  /** How the data lie. */
  public memory.desc layout() {
    return data.layout();
  }

  /** Whether neighbours in the last dimension lie side by side, and so on. */
  public boolean isPlain() {
    return layout().equals(Layout.plain(dims()));
  }

  /** A shape as a value has it. */
  public static List<Long> shape(long... dims) {
    return LongStream.of(dims).boxed().toList();
  }
}
