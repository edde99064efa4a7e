package io.evenstep.driver.config.value;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the problems of a job, so that all can be reported at once. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(String key, String rule, Object value) {
    String text = String.valueOf(value);
    found.add(new Problem(key, rule, text.isEmpty() ? "nothing" : text));
  }

  /** Adds a problem that follows from other keys, unless the key already has one. */
  public void addUnlessKnown(String key, String rule, Object value) {
    if (!areAbout(key)) {
      add(key, rule, value);
    }
  }

  /** Whether the key, or a part of its value, has a problem. */
  public boolean areAbout(String key) {
    return found.stream().map(Problem::key).anyMatch(k -> k.equals(key) || k.startsWith(key + "["));
  }

  public void addAll(Problems others) {
    found.addAll(others.found);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** The first problem. */
  public Optional<Problem> first() {
    return found.stream().findFirst();
  }

  /**
   * Throws if there are problems.
   *
   * @throws ConfigException listing all problems so far
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
