package io.evenstep.driver.config.value;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what is wrong with a job, so that all of it can be told at once. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(String key, String rule, Object value) {
    String text = String.valueOf(value);
    found.add(new Problem(key, rule, text.isEmpty() ? "nothing" : text));
  }

  /** Adds what follows from other keys, unless the key is known to be wrong already. */
  public void addUnlessKnown(String key, String rule, Object value) {
    if (!areAbout(key)) {
      add(key, rule, value);
    }
  }

  /** Whether the key, or something within its value, is known to be wrong. */
  public boolean areAbout(String key) {
    return found.stream().map(Problem::key).anyMatch(k -> k.equals(key) || k.startsWith(key + "["));
  }

  public void addAll(Problems others) {
    found.addAll(others.found);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** The one found first. */
  public Optional<Problem> first() {
    return found.stream().findFirst();
  }

  /**
   * Ends here unless all is well.
   *
   * @throws ConfigException with every problem gathered so far
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
