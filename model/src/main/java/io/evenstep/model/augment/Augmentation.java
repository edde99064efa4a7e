package io.evenstep.model.augment;

import io.evenstep.model.Problem;
import io.evenstep.model.augment.pixel.InputLayout;
import java.io.Serializable;
import java.util.List;

/** One way to change training rows at random, with its parameters. */
public sealed interface Augmentation extends Serializable permits Warp, Change {
  /** Its name in a job file. */
  String name();

  /** Share of the rows that are changed, 0 to 1. */
  double probability();

  /** Whether a row becomes a mixture of itself and another one, label included. */
  default boolean mixesRows() {
    return false;
  }

  /**
   * Why it cannot be used on rows of this layout.
   *
   * @param key its key in the job file, such as {@code data.augment[1].flip}
   * @return empty when it can
   */
  List<Problem> misfits(String key, InputLayout input);
}
