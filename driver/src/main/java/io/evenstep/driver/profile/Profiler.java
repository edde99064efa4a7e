package io.evenstep.driver.profile;

import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.file.SparkCells;
import io.evenstep.driver.data.source.Sources;
import io.evenstep.driver.profile.sniff.FoundSource;
import io.evenstep.driver.profile.sniff.SourceSniffer;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Reads a table once, on the cluster, and profiles it. */
final class Profiler {
  private Profiler() {}

  /**
   * Profiles files.
   *
   * @param label column to compare the others with
   * @throws DataException when there are no files, or they have no rows
   * @throws ConfigException when there is no column {@code label}
   */
  static TableProfile profile(SparkSession session, List<String> paths, Optional<String> label) {
    SparkSession pinned = PinnedSession.of(session);
    FoundSource source =
        SourceSniffer.sniff(session.sparkContext().hadoopConfiguration(), paths, label);
    SourceTable table = Sources.read(pinned, source.spec());
    try {
      return profile(source, table, label);
    } finally {
      table.close();
    }
  }

  private static TableProfile profile(
      FoundSource source, SourceTable table, Optional<String> label) {
    List<String> names = table.columnNames();
    int labelColumn = label.map(names::indexOf).orElse(-1);
    if (label.isPresent() && labelColumn < 0) {
      throw new ConfigException("--label", "must be a column of the table " + names, label.get());
    }
    TableSketch all = new TableSketch(names.size(), labelColumn);
    int columns = names.size();
    int corrupt = List.of(table.schema().fieldNames()).indexOf(SourceTable.CORRUPT);
    table.eachPart((partition, rows) -> sketch(rows, columns, labelColumn, corrupt), all::add);
    if (all.rows == 0) {
      throw new DataException(
          "Cannot describe " + table.name() + ": it must have rows, got none" + firstWhy(all));
    }
    return profile(source, names, all);
  }

  private static String firstWhy(TableSketch all) {
    return all.corrupt == 0 ? "" : "; the first row " + all.firstCorrupt;
  }

  private static TableSketch sketch(Iterator<Row> rows, int columns, int label, int corrupt) {
    TableSketch sketch = new TableSketch(columns, label);
    @Nullable Object[] cells = new Object[columns];
    while (rows.hasNext()) {
      Row row = rows.next();
      if (corrupt >= 0 && !row.isNullAt(corrupt)) {
        sketch.addCorrupt(row.getString(corrupt));
        continue;
      }
      for (int i = 0; i < columns; i++) {
        cells[i] = SparkCells.plain(row, i);
      }
      sketch.add(cells);
    }
    return sketch;
  }

  static TableProfile profile(FoundSource source, List<String> names, TableSketch all) {
    List<ColumnProfile> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(ColumnProfiler.of(names.get(i), all.columns.get(i), all.rows));
    }
    return new TableProfile(
        source,
        all.rows,
        Math.max(0, all.rows - all.distinctRows.count()),
        all.distinctRows.isExact(),
        all.corrupt,
        all.firstCorrupt,
        columns);
  }
}
