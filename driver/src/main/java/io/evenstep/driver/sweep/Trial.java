package io.evenstep.driver.sweep;

import io.evenstep.driver.config.JobConfig;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One trial: the job with the values drawn for the varied keys.
 *
 * @param number from 1
 * @param values of the varied keys
 * @param job that the trial trains
 */
record Trial(int number, Map<String, String> values, JobConfig job) {
  /** The name of the folder of its run. */
  String runId() {
    return String.format(Locale.ROOT, "t%03d", number);
  }

  /**
   * The result of a trial.
   *
   * @param epochs after which it was judged
   * @param value the metric; empty when the trial failed
   * @param failure why it failed; empty when it did not
   */
  record Standing(int epochs, Optional<Double> value, String failure) {
    static Standing at(int epochs, double value) {
      return new Standing(epochs, Optional.of(value), "");
    }

    static Standing failed(int epochs, String why) {
      return new Standing(epochs, Optional.empty(), why);
    }
  }
}
