package io.evenstep.driver.ml;

import java.util.Optional;

/**
 * Spark ML's tuning that calls a fit. Spark does not tell an estimator who fits it, so this looks
 * at the calling methods.
 */
final class TuningCall {
  private static final String PACKAGE = "org.apache.spark.ml.tuning.";

  private TuningCall() {}

  /**
   * Such as {@code CrossValidator of EvenstepClassifier_4f2a}; empty outside of tuning. All fits of
   * an estimator by the same kind of tuning get the same name.
   */
  static Optional<String> of(String estimator) {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::getClassName)
                    .filter(name -> name.startsWith(PACKAGE))
                    .findFirst())
        .map(name -> name.substring(PACKAGE.length()).replaceFirst("[^A-Za-z].*", ""))
        .map(kind -> kind + " of " + estimator);
  }
}
