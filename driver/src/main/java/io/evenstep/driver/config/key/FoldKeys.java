package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.driver.data.spec.Fold;
import java.util.List;

/** The keys of training on several folds. */
public final class FoldKeys {
  private FoldKeys() {}

  public static final Key<Integer> FOLDS =
      Key.of(
              "training.folds",
              ScalarType.INTEGER,
              "Number of equal parts of the rows; one network is trained for each part and tested"
                  + " on it, see [folds](data.md#folds).")
          .where(ValueRule.between(1, 100))
          .byDefault(1);

  public static final Key<String> FOLD =
      Key.of(
              "data.fold",
              ScalarType.TEXT,
              "Part of the rows that is held out as test rows, such as `2/5`; set in the runs of"
                  + " `training.folds`.")
          .where(
              new ValueRule<>("must be a fold such as 2/5", text -> Fold.parse(text).isPresent()));

  /** The part that is held out; the first one, for a job that trains a network for each part. */
  public static Fold heldOut(Settings settings) {
    int folds = settings.find(FOLDS).orElse(1);
    return folds > 1
        ? new Fold(1, folds)
        : settings.find(FOLD).flatMap(Fold::parse).orElse(Fold.NONE);
  }

  static final List<Key<?>> ALL = List.of(FOLDS, FOLD);
}
