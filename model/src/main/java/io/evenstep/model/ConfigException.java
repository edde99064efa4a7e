package io.evenstep.model;

import java.util.List;
import java.util.stream.Collectors;

/** The job cannot be run as written; to remedy it, fix the job. Carries every problem found. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** One message that is not about a single key. */
  public ConfigException(String message) {
    super(message);
    this.problems = List.of();
  }

  /** A message that is not about a single key, and its cause. */
  public ConfigException(String message, Throwable cause) {
    super(message, cause);
    this.problems = List.of();
  }

  /** One problem with one key. */
  public ConfigException(String key, String rule, Object value) {
    this(List.of(new Problem(key, rule, String.valueOf(value))));
  }

  /** One problem with one key, and its cause. */
  public ConfigException(String key, String rule, Object value, Throwable cause) {
    super(new Problem(key, rule, String.valueOf(value)).toString(), cause);
    this.problems = List.of(new Problem(key, rule, String.valueOf(value)));
  }

  /** All problems of a job, reported together, one per line. */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The problems by key; empty when the message speaks for itself. */
  public List<Problem> problems() {
    return problems;
  }
}
