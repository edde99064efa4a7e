package io.evenstep.driver.profile;

import io.evenstep.driver.profile.sniff.FoundSource;
import java.util.List;
import java.util.Optional;

/**
 * The profile of a table.
 *
 * @param source how it is read, and why
 * @param rows readable rows
 * @param duplicates rows equal to an earlier row
 * @param exact whether {@code duplicates} was counted, not estimated
 * @param corrupt unreadable rows
 * @param firstCorrupt why the first of them is unreadable
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
