package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.file.RowProblem;
import io.evenstep.driver.data.measure.TermCounts;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.split.MedianSample;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Splitter.Split;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.data.cell.InvalidValueException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * The first pass over one partition: checks every row and collects what the encoding needs.
 * Statistics, categories and classes come from training rows. For categories and classes of other
 * rows it keeps where they were seen first.
 */
final class PartitionScanner {
  private final int partition;
  private final RowLayout layout;
  private final Splitter splitter;
  private final RowParser parser;
  private final PartitionScan scan;
  private final RowWalk walk;

  PartitionScanner(int partition, RowLayout layout, Splitter splitter, RowWalk walk) {
    this.partition = partition;
    this.layout = layout;
    this.splitter = splitter;
    this.parser = new RowParser(layout);
    this.scan = new PartitionScan(layout);
    this.walk = walk;
  }

  PartitionScan scan(Iterator<Row> rows) {
    scan.problems = walk.walk(rows, this::visit);
    return scan;
  }

  private void visit(Row row, long index) throws InvalidValueException {
    boolean whole = parser.parse(row);
    for (int i = 0; i < scan.missing.length; i++) {
      scan.missing[i] += parser.isPresent(i) ? 0 : 1;
    }
    if (whole) {
      Split split = splitter.split(splitter.row(partition, index), row);
      scan.rows[split.ordinal()]++;
      countFeatures(split, splitter.row(partition, index));
      countLabels(split);
    } else {
      scan.dropped++;
    }
  }

  private void countFeatures(Split split, long number) throws InvalidValueException {
    for (int i = 0; i < layout.features().size(); i++) {
      ColumnStats stats = scan.stats.get(i);
      TermCounts terms = scan.terms.get(i);
      if (terms != null) {
        countTerms(terms, parser.terms(i), split);
      } else if (layout.features().get(i).kind().isCategory()) {
        String column = layout.features().get(i).column();
        if (split == Split.TRAIN) {
          Set<String> categories = scan.categories.get(i);
          String name = parser.category(i);
          requireRoom(name, categories, column);
          categories.add(name);
        } else if (!layout.leniency().unseen().isTakenBy(layout.features().get(i).kind())) {
          note(parser.category(i), scan.otherCategories.get(i), column);
        }
      } else if (stats != null && split == Split.TRAIN && parser.isPresent(i)) {
        double[] numbers = parser.numbers(i);
        stats.add(numbers, 0, numbers.length);
        MedianSample median = scan.medians.get(i);
        if (median != null) {
          median.add(SplitMix64.mix(number + SplitMix64.GOLDEN), numbers[0]);
        }
      }
    }
  }

  private static void countTerms(TermCounts counts, Map<String, Integer> terms, Split split) {
    counts.note(terms);
    if (split == Split.TRAIN) {
      counts.add(terms);
    }
  }

  private void countLabels(Split split) throws InvalidValueException {
    for (int i = 0; i < layout.labels().size(); i++) {
      String name = parser.label(i);
      String column = layout.labels().get(i).column();
      if (layout.labels().get(i).task() == DataSpec.Task.REGRESSION) {
        countNumber(i, split);
      } else if (split == Split.TRAIN) {
        Map<String, Long> classes = scan.trainClasses.get(i);
        requireRoom(name, classes.keySet(), column);
        classes.merge(name, 1L, Long::sum);
      } else {
        note(name, scan.otherClasses.get(i), column);
      }
    }
  }

  private void countNumber(int label, Split split) {
    if (split == Split.TRAIN && layout.scalesLabels()) {
      scan.labelStats.get(label).add(new double[] {parser.labelNumber(label)}, 0, 1);
    }
  }

  private void note(String name, Map<String, RowProblem> seen, String column) {
    if (!seen.containsKey(name) && seen.size() < PartitionScan.MOST_CATEGORIES) {
      seen.put(name, walk.here(column, name));
    }
  }

  private static void requireRoom(String name, Set<String> names, String column)
      throws InvalidValueException {
    if (names.size() >= PartitionScan.MOST_CATEGORIES && !names.contains(name)) {
      throw new InvalidValueException(
              "must have at most " + PartitionScan.MOST_CATEGORIES + " categories", "more")
          .in(column);
    }
  }
}
