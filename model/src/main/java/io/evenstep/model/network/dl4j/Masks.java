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

  /**
   * Which labels count at all: 1 where a mask is not 0. DL4J multiplies an output layer's numbers
   * by a mask before their activation, so it must get no other numbers.
   */
  static List<Optional<INDArray>> counted(List<Optional<INDArray>> masks) {
    return masks.stream()
        .map(mask -> mask.map(it -> hasShares(it) ? it.neq(0).castTo(it.dataType()) : it))
        .toList();
  }

  /**
   * For each mask, the factors of its labels' losses, in the order in which DL4J lists labels,
   * [rows time, 1]; empty for a mask of zeros and ones.
   */
  static List<Optional<INDArray>> shares(List<Optional<INDArray>> masks) {
    return masks.stream()
        .map(
            mask ->
                mask.filter(Masks::hasShares).map(it -> it.dup('f').reshape('f', it.length(), 1)))
        .toList();
  }

  private static boolean hasShares(INDArray mask) {
    for (float number : mask.dup('c').reshape(mask.length()).toFloatVector()) {
      if (number != 0 && number != 1) {
        return true;
      }
    }
    return false;
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
