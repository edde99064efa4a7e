package io.evenstep.model.network.dl4j;

import io.evenstep.model.data.MiniBatch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Converts masks for DL4J, which uses null for no mask. */
final class Masks {
  private Masks() {}

  static boolean any(MiniBatch batch) {
    return batch.featureMasks().stream().anyMatch(Optional::isPresent)
        || batch.labelMasks().stream().anyMatch(Optional::isPresent);
  }

  static @Nullable INDArray first(List<Optional<INDArray>> masks) {
    return masks.isEmpty() ? null : masks.get(0).orElse(null);
  }

  /** One entry per mask, or null when there is no mask at all. */
  static @Nullable INDArray @Nullable [] all(List<Optional<INDArray>> masks) {
    if (masks.stream().noneMatch(Optional::isPresent)) {
      return null;
    }
    @Nullable INDArray[] all = new INDArray[masks.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = masks.get(i).orElse(null);
    }
    return all;
  }
}
