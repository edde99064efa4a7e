package io.evenstep.driver.plan;

import io.evenstep.driver.control.TemporaryException;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.StorageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is known about a job before it starts: facts by name, and problems that would make it fail.
 */
public final class JobPlan {
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<RuntimeException> problems = new ArrayList<>();

  /** Adds a fact. Its value may have several lines. */
  public void fact(String name, String value) {
    facts.put(name, value);
  }

  /** Adds a problem, as the exception that the job itself would throw. */
  public void problem(RuntimeException refusal) {
    problems.add(refusal);
  }

  /** Runs a check and records its problem; empty if there was one. */
  public <T> Optional<T> tried(Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (ConfigException | DataException | StorageException | TemporaryException e) {
      problem(e);
      return Optional.empty();
    }
  }

  /** Facts by name, in order. */
  public Map<String, String> facts() {
    return facts;
  }

  /** The problems, in the order in which the job would meet them. */
  public List<RuntimeException> problems() {
    return problems;
  }
}
