package io.evenstep.driver.data.spec;

import io.evenstep.model.data.column.TextRecipe;
import io.evenstep.model.data.token.TokenRecipe;
import java.util.List;
import java.util.Optional;

/**
 * Settings of a column that only some types have.
 *
 * @param format how a time or a number is written; empty for the default
 * @param levels ordinal only: lowest first
 * @param shaping numeric and ordinal only: how numbers are changed before they are scaled
 * @param text text only: its terms
 * @param padded sequence only: whether values may have fewer numbers than the longest
 * @param tokens tokens only: how a text is cut
 */
public record ColumnDetails(
    Optional<String> format,
    List<String> levels,
    Shaping shaping,
    Optional<TextRecipe> text,
    boolean padded,
    Optional<TokenRecipe> tokens) {
  /** No settings. */
  public static final ColumnDetails NONE =
      new ColumnDetails(
          Optional.empty(), List.of(), Shaping.NONE, Optional.empty(), false, Optional.empty());

  /** Copies the list. */
  public ColumnDetails {
    levels = List.copyOf(levels);
  }
}
