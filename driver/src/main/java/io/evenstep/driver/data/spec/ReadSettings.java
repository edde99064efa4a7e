package io.evenstep.driver.data.spec;

import io.evenstep.model.data.token.TokenRecipe;
import java.util.Map;
import java.util.Optional;

/**
 * How a source is read beyond its format.
 *
 * @param options passed to Spark's reader unchanged
 * @param window windows over its rows, in place of the rows themselves
 * @param tokens text only: how files are cut into rows
 */
public record ReadSettings(
    Map<String, String> options, Optional<WindowSpec> window, Optional<TokenRecipe> tokens) {
  /** Copies the map. */
  public ReadSettings {
    options = Map.copyOf(options);
  }
}
