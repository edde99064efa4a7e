package io.evenstep.model.data;

import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays that were given back and wait to be filled anew, so that a feed allocates no more than is
 * in use at once. One thread takes, any thread gives.
 */
final class SpareArrays {
  private final Map<String, Queue<INDArray>> byShape = new ConcurrentHashMap<>();

  /** A float array of this shape, contiguous, rows first, with any content. */
  INDArray take(long[] shape) {
    INDArray spare = queue(shape).poll();
    return spare == null ? Nd4j.createUninitialized(DataType.FLOAT, shape.clone()) : spare;
  }

  void give(INDArray array) {
    queue(array.shape()).add(array);
  }

  private Queue<INDArray> queue(long[] shape) {
    return byShape.computeIfAbsent(Arrays.toString(shape), key -> new ConcurrentLinkedQueue<>());
  }
}
