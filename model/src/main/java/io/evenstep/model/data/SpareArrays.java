package io.evenstep.model.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Returned arrays that wait for reuse, so that a feed allocates no more than is in use at once. One
 * thread takes arrays; any thread returns them.
 */
public final class SpareArrays {
  private final Map<String, Deque<INDArray>> byShape = new HashMap<>();

  /** A float array of this shape, contiguous, rows first, with any content. */
  public INDArray take(long[] shape) {
    INDArray spare = poll(shape);
    return spare == null ? Nd4j.createUninitialized(DataType.FLOAT, shape.clone()) : spare;
  }

  private synchronized @Nullable INDArray poll(long[] shape) {
    Deque<INDArray> spares = byShape.get(Arrays.toString(shape));
    return spares == null ? null : spares.poll();
  }

  synchronized void give(INDArray array) {
    byShape.computeIfAbsent(Arrays.toString(array.shape()), key -> new ArrayDeque<>()).push(array);
  }
}
