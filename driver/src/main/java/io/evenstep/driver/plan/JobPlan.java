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

/** What is known of a job before it starts: facts by name, and what would make it fail. */
public final class JobPlan {
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<RuntimeException> problems = new ArrayList<>();

  /** Adds a fact; its value may have several lines. */
  public void fact(String name, String value) {
    facts.put(name, value);
  }

  /** Adds what would make the job fail, as the job itself would throw it. */
  public void problem(RuntimeException refusal) {
    problems.add(refusal);
  }

  /** Does what may find a problem; empty when it did. */
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

  /** What would make the job fail, in the order in which the job would meet it. */
  public List<RuntimeException> problems() {
    return problems;
  }
}
