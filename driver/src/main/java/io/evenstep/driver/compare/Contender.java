package io.evenstep.driver.compare;

import java.util.List;

/**
 * A learner that takes part in a comparison.
 *
 * @param name unique
 * @param fitter fits it
 */
record Contender(String name, Fitter fitter) {
  /** Fits a learner to rows. */
  @FunctionalInterface
  interface Fitter {
    Fitted fit(LabelledRows rows);
  }

  /** A fitted learner. */
  @FunctionalInterface
  interface Fitted {
    /** The class that it predicts for each row, in order. */
    List<Integer> classes(List<double[]> rows);
  }
}
