package io.evenstep.driver.sweep;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a sweep.
 *
 * @param metric that ranked the trials
 * @param keys that were varied
 * @param ranking all trials, the best first: those of the last round, then those that were dropped
 *     earlier, then those that failed
 * @param bestJob a job file of the best trial
 */
public record SweepResult(String metric, List<String> keys, List<Ranked> ranking, String bestJob) {
  /** Copies the lists. */
  public SweepResult {
    keys = List.copyOf(keys);
    ranking = List.copyOf(ranking);
  }

  /**
   * One trial.
   *
   * @param run the folder of its run
   * @param values of the keys that were varied
   * @param epochs after which it was judged
   * @param value the metric; empty when it failed
   * @param failure why it failed; empty when it did not
   */
  public record Ranked(
      String run, Map<String, String> values, int epochs, Optional<Double> value, String failure) {
    static Ranked of(Trial trial, Trial.Standing standing) {
      return new Ranked(
          trial.runId(), trial.values(), standing.epochs(), standing.value(), standing.failure());
    }
  }
}
