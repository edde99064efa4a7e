package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Layout;
import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bytedeco.dnnl.memory;

/**
 * The result of one operation, which the next ones take.
 *
 * @param shape rows first: [rows, size], [rows, channels, height, width], [rows, size, time]
 * @param data the numbers
 * @param slope receives the loss's derivative with respect to each number, in the layout of the
 *     data; empty in inference, and for inputs whose slopes nobody needs
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

  /** The layout of the data. */
  public memory.desc layout() {
    return data.layout();
  }

  /** Whether the data are in C order. */
  public boolean isPlain() {
    return layout().equals(Layout.plain(dims()));
  }

  /** A shape from its sizes. */
  public static List<Long> shape(long... dims) {
    return LongStream.of(dims).boxed().toList();
  }
}
