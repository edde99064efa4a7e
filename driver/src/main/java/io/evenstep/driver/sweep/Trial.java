package io.evenstep.driver.sweep;

import io.evenstep.driver.config.JobConfig;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One trial: the job with some of its keys as they were drawn.
 *
 * @param number from 1
 * @param values of the keys that are varied
 * @param job as the trial trains it
 */
record Trial(int number, Map<String, String> values, JobConfig job) {
  /** Name of its run's folder. */
  String runId() {
    return String.format(Locale.ROOT, "t%03d", number);
  }

  /**
   * What a trial has come to.
   *
   * @param epochs it was judged after
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
