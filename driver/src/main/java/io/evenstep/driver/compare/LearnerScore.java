package io.evenstep.driver.compare;

import io.evenstep.model.metric.MetricSpread;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a learner did.
 *
 * @param name of the learner
 * @param training accuracy on the rows that it was fitted to
 * @param test accuracy on the test rows
 * @param folds accuracy on each fold left out; empty without cross-validation
 * @param seconds to fit all training rows
 */
public record LearnerScore(
    String name, double training, double test, List<Double> folds, double seconds) {
  /** Copies the list. */
  public LearnerScore {
    folds = List.copyOf(folds);
  }

  /** The mean over the folds. */
  public OptionalDouble mean() {
    return folds.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(MetricSpread.of(folds).mean());
  }

  /** The standard deviation over the folds; empty for fewer than two. */
  public OptionalDouble deviation() {
    return folds.size() < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(MetricSpread.of(folds).spread());
  }
}
