package io.evenstep.model.augment;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.MiniBatch;
import java.util.ArrayList;
import java.util.List;

/** Changes the rows of training batches at random. Not thread-safe; each feed has its own. */
public interface Augmenter {
  /** Leaves rows as they are. */
  Augmenter NONE = (batch, key) -> {};

  /**
   * Changes a batch in place.
   *
   * @param batch of contiguous arrays, as a decoder makes them
   * @param key what all draws depend on, and nothing else: the same key and rows give the same bits
   */
  void augment(MiniBatch batch, long key);

  /**
   * An augmenter of rows of an encoding.
   *
   * @param augmentations done in this order
   * @throws ConfigException as {@link #requireFits}
   */
  static Augmenter of(List<Augmentation> augmentations, Encoding encoding) {
    requireFits(augmentations, encoding);
    return augmentations.isEmpty() ? NONE : new BatchAugmenter(augmentations, encoding);
  }

  /**
   * Checks that rows of an encoding can be augmented so.
   *
   * @throws ConfigException naming each augmentation that cannot, by its place in {@code
   *     data.augment}, and what the rows are
   */
  static void requireFits(List<Augmentation> augmentations, Encoding encoding) {
    if (augmentations.isEmpty()) {
      return;
    }
    if (encoding.inputs().size() != 1) {
      throw new ConfigException(
          "data.augment", "needs rows with one input", encoding.inputs().size());
    }
    InputLayout layout = InputLayout.of(encoding);
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < augmentations.size(); i++) {
      Augmentation augmentation = augmentations.get(i);
      String key = "data.augment[" + i + "]." + augmentation.name();
      problems.addAll(augmentation.misfits(key, layout));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
