package io.evenstep.worker.feed;

import io.evenstep.model.data.MiniBatch;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How much memory a mini-batch holds. */
final class MiniBatchBytes {
  private MiniBatchBytes() {}

  static long of(MiniBatch batch) {
    return arrays(batch.features())
        + arrays(batch.labels())
        + masks(batch.featureMasks())
        + masks(batch.labelMasks())
        + arrays(batch.weights().stream().toList());
  }

  private static long arrays(List<INDArray> arrays) {
    return arrays.stream().mapToLong(array -> array.length() * Float.BYTES).sum();
  }

  private static long masks(List<Optional<INDArray>> masks) {
    return arrays(masks.stream().flatMap(Optional::stream).toList());
  }
}
