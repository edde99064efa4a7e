package io.evenstep.model.catalog;

import java.util.List;

/**
 * One thing a job file can name.
 *
 * @param name as a job file writes it
 * @param meaning one clause for the reference page
 * @param parameters in the order the reference page shows them
 */
public record Entry(String name, String meaning, List<Parameter> parameters) {
  /** Copies the list. */
  public Entry {
    parameters = List.copyOf(parameters);
  }

  public static Entry of(String name, String meaning, Parameter... parameters) {
    return new Entry(name, meaning, List.of(parameters));
  }
}
