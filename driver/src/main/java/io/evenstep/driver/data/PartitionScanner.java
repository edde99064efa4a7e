package io.evenstep.driver.data;

import io.evenstep.driver.data.Splitter.Split;
import io.evenstep.model.data.InvalidValueException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/** The first pass over one partition: checks every row, and returns problems as values. */
final class PartitionScanner {
  private final RowLayout layout;
  private final Splitter splitter;
  private final boolean rowIsFile;
  private final RowParser parser;
  private final PartitionScan scan;
  private String file = "";
  private long rowOfFile; // in this partition

  PartitionScanner(int partition, RowLayout layout, Splitter splitter, boolean rowIsFile) {
    this.layout = layout;
    this.splitter = splitter;
    this.rowIsFile = rowIsFile;
    this.parser = new RowParser(layout);
    this.scan = new PartitionScan(partition, layout);
  }

  PartitionScan scan(Iterator<Row> rows) {
    try {
      for (long index = 0; rows.hasNext(); index++) {
        visit(rows.next(), splitter.row(scan.partition, index));
      }
    } catch (RuntimeException e) { // [a truncated file, a broken page: whatever a reader throws]
      scan.addProblem(ReadFailure.problem(e, file));
    }
    leave();
    return scan;
  }

  private void visit(Row row, long number) {
    enter(row.getString(row.fieldIndex(SourceTable.FILE)));
    try {
      requireWhole(row);
      if (parser.parse(row)) {
        Split split = splitter.split(number);
        scan.rows[split.ordinal()]++;
        count(split);
      } else {
        scan.dropped++;
      }
    } catch (InvalidValueException e) {
      scan.addProblem(new RowProblem(file, rowOfFile, e.column(), e.text()));
    }
    rowOfFile++;
  }

  private void enter(String rowsFile) {
    if (!rowsFile.equals(file)) {
      leave();
      file = rowsFile;
      rowOfFile = scan.rowsPerFile.getOrDefault(file, 0L);
    }
  }

  private void leave() {
    if (!rowIsFile && rowOfFile > 0) {
      scan.rowsPerFile.put(file, rowOfFile);
    }
  }

  private static void requireWhole(Row row) throws InvalidValueException {
    int last = row.size() - 2;
    if (last >= 0
        && row.schema().fields()[last].name().equals(SourceTable.CORRUPT)
        && !row.isNullAt(last)) {
      throw new InvalidValueException("must have " + last + " fields", row.getString(last));
    }
  }

  private void count(Split split) {
    for (int i = 0; i < layout.features().size(); i++) {
      ColumnStats stats = scan.stats.get(i);
      if (layout.features().get(i).kind().isCategory()) {
        add(parser.category(i), scan.categories.get(i), layout.features().get(i).column());
      } else if (stats != null && split == Split.TRAIN && parser.isPresent(i)) {
        float[] numbers = parser.numbers(i);
        stats.add(numbers, 0, numbers.length);
      }
    }
    if (layout.task() == DataSpec.Task.CLASSIFICATION) {
      for (int i = 0; i < layout.labels().size(); i++) {
        countClass(split, i);
      }
    }
  }

  private void countClass(Split split, int label) {
    String column = layout.labels().get(label);
    String name = parser.label(label);
    if (split == Split.TRAIN) {
      add(name, scan.trainClasses.get(label), column);
      return;
    }
    Map<String, RowProblem> seen = scan.otherClasses.get(label);
    if (!seen.containsKey(name) && seen.size() < PartitionScan.MOST_CATEGORIES) {
      seen.put(name, new RowProblem(file, rowOfFile, column, name));
    }
  }

  private void add(String name, Set<String> names, String column) {
    if (names.size() < PartitionScan.MOST_CATEGORIES) {
      names.add(name);
    } else if (!names.contains(name)) {
      scan.addProblem(
          new RowProblem(
              file,
              rowOfFile,
              column,
              "must have at most " + PartitionScan.MOST_CATEGORIES + " categories, got more"));
    }
  }
}
