package io.evenstep.driver.data.spec;

import java.util.Map;
import java.util.Optional;

/**
 * How a source is read beyond its format.
 *
 * @param options passed to Spark's reader unchanged
 * @param window windows over its rows, in place of the rows themselves
 */
public record ReadSettings(Map<String, String> options, Optional<WindowSpec> window) {
  /** Copies the map. */
  public ReadSettings {
    options = Map.copyOf(options);
  }
}
