package io.evenstep.model;

/**
 * One thing wrong with a job: the key, the rule that it breaks, and its value.
 *
 * @param key dotted name, such as {@code training.batch}
 * @param rule what a valid value must satisfy, such as {@code must be at least 1}
 * @param value the offending value as the user wrote it
 */
public record Problem(String key, String rule, String value) {
  /** {@code Invalid training.batch: must be at least 1, got 0}. */
  @Override
  public String toString() {
    return "Invalid " + key + ": " + rule + ", got " + value;
  }
}
