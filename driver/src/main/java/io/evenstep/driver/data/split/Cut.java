package io.evenstep.driver.data.split;

import io.evenstep.driver.data.spec.Fold;
import io.evenstep.driver.data.split.Splitter.Split;
import java.io.Serializable;

/**
 * Ranges of places from 0 to 1: rows from {@code from} to below {@code test} are for test, the next
 * ones to below {@code held} for validation. That range may run over the end and go on at 0.
 *
 * @param from where test rows begin
 * @param test where validation rows begin
 * @param held where training rows begin
 */
record Cut(double from, double test, double held) implements Serializable {
  /** No row is held out. */
  static final Cut NONE = new Cut(0, 0, 0);

  /** Held-out shares of all rows. */
  static Cut of(double validation, double test, Fold fold) {
    if (fold.isNone()) {
      return new Cut(0, test, test + validation);
    }
    double to = fold.number() == fold.of() ? 1 : (double) fold.number() / fold.of();
    double held = to + validation;
    return new Cut((fold.number() - 1.0) / fold.of(), to, held > 1 ? held - 1 : held);
  }

  Split split(double place) {
    if (from <= place && place < test) {
      return Split.TEST;
    }
    boolean isHeld = test <= held ? test <= place && place < held : place >= test || place < held;
    return isHeld ? Split.VALIDATION : Split.TRAIN;
  }
}
