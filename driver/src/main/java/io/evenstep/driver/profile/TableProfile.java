package io.evenstep.driver.profile;

import io.evenstep.driver.profile.sniff.FoundSource;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a table.
 *
 * @param source how it is read, and why so
 * @param rows that can be read
 * @param duplicates rows that are there before already
 * @param exact whether {@code duplicates} was counted, not estimated
 * @param corrupt rows that cannot be read
 * @param firstCorrupt why the first of them cannot
 * @param columns in the order of the table
 */
public record TableProfile(
    FoundSource source,
    long rows,
    long duplicates,
    boolean exact,
    long corrupt,
    String firstCorrupt,
    List<ColumnProfile> columns) {

  /** Copies the list. */
  public TableProfile {
    columns = List.copyOf(columns);
  }

  Optional<ColumnProfile> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
