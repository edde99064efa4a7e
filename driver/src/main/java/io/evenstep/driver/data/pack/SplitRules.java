package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.arrange.WindowTable;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.scan.Feature;
import io.evenstep.driver.data.scan.RowLayout;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.driver.data.spec.RowsSpec;
import io.evenstep.driver.data.split.CellOrder;
import io.evenstep.driver.data.split.MedianSample;
import io.evenstep.driver.data.split.RowUse;
import io.evenstep.driver.data.split.SplitCells;
import io.evenstep.driver.data.split.SplitNames;
import io.evenstep.driver.data.split.SplitRule;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Strata;
import io.evenstep.model.ConfigException;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.data.Segment.Kind;
import io.evenstep.model.data.cell.NumberText;
import io.evenstep.model.time.TimeFormat;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** Builds the rule that splits the rows of a source. */
final class SplitRules {
  private final DataSpec spec;
  private final RowLayout layout;
  private SourceTable table;
  private final Splitter splitter;
  private List<String> rare = List.of();

  SplitRules(DataSpec spec, RowLayout layout, SourceTable table, Splitter splitter) {
    this.spec = spec;
    this.layout = layout;
    this.table = table;
    this.splitter = splitter;
  }

  /**
   * The splitter that takes only the rows of the sample that the job asks for. A number of rows
   * becomes a fraction of them, so they are counted first.
   */
  static Splitter sampled(DataSpec spec, SourceTable table, Splitter splitter) {
    double sample = spec.rows().sample();
    if (sample == RowsSpec.ALL) {
      return splitter;
    }
    double share = sample;
    if (sample >= 1) {
      share = Math.min(1, sample / Math.max(1, count(table)));
    }
    return splitter.using(new RowUse(share, splitter.use().skipsBad()));
  }

  private static long count(SourceTable table) {
    long[] all = {0};
    table.eachPart((partition, rows) -> count(rows), some -> all[0] += some);
    return all[0];
  }

  private static long count(Iterator<Row> rows) {
    long count = 0;
    for (; rows.hasNext(); count++) {
      rows.next();
    }
    return count;
  }

  /** The splitter with its rule. May read the rows once. */
  Splitter splitter() {
    if (!splitter.chooses()) {
      return splitter;
    }
    return switch (spec.split().way()) {
      case RANDOM -> splitter;
      case STRATIFIED -> stratified();
      case GROUPED -> splitter.with(grouped(cells()));
      case ORDERED -> ordered();
    };
  }

  private Splitter stratified() {
    Strata strata = strata();
    rare =
        splitter.fold().isNone()
            ? strata.rare(splitter.validation(), splitter.test())
            : strata.singles();
    return splitter.with(splitter.stratified(strata, name()));
  }

  /** Classes with too few rows for {@link #splitter} to hold out for validation and test. */
  List<String> rare() {
    return rare;
  }

  private Strata strata() {
    SplitNames names = name();
    return gathered((draw, cells, into) -> into.add(names.of(cells), draw));
  }

  /** The rows to use: without the windows that have rows on two sides of a split. */
  SourceTable table() {
    return table;
  }

  private interface Gatherer extends Serializable {
    void add(double draw, Row cells, Strata into);
  }

  private Strata gathered(Gatherer gatherer) {
    Splitter own = splitter;
    Strata all = new Strata();
    table.eachPart((partition, rows) -> gather(partition, rows, own, gatherer), all::add);
    return all;
  }

  private static Strata gather(
      int partition, Iterator<Row> rows, Splitter splitter, Gatherer gatherer) {
    Strata strata = new Strata();
    for (long index = 0; rows.hasNext(); index++) {
      long number = splitter.row(partition, index);
      Row row = rows.next();
      if (splitter.takes(number)) {
        gatherer.add(splitter.draw(number), row, strata);
      }
    }
    return strata;
  }

  private SplitNames name() {
    RowLayout.Label label = layout.labels().get(0);
    if (label.task() == Task.REGRESSION) {
      return cells -> "";
    }
    SplitCells cells = new SplitCells(label.column(), layout.absent());
    return cells::name;
  }

  private SplitCells cells() {
    String column = spec.split().column().orElseThrow();
    if (!table.columnNames().contains(column)) {
      throw new ConfigException(
          "data.splitBy",
          "must be a column of " + table.name() + " " + table.columnNames(),
          column);
    }
    return new SplitCells(column, layout.absent());
  }

  private static SplitRule grouped(SplitCells groups) {
    return (own, row, cells) -> own.byFraction(own.draw(SplitMix64.hash(groups.name(cells))));
  }

  /** Orders rows by a column; the last rows are held out. */
  private Splitter ordered() {
    SplitCells column = cells();
    String name = spec.split().column().orElseThrow();
    CellOrder order = order(name);
    double[] sorted = sorted(column, order).sorted();
    if (sorted.length == 0) {
      throw new ConfigException(
          "data.splitBy", "must be a column of numbers or times for data.split ordered", name);
    }
    double testFrom = at(sorted, 1 - splitter.test());
    double heldFrom = at(sorted, 1 - splitter.test() - splitter.validation());
    if (spec.sources().train().window().filter(window -> !window.isWhole()).isPresent()) {
      table = WindowTable.without(table, List.of(heldFrom, testFrom));
    }
    return splitter.with(
        (own, row, cells) -> {
          double place = order.of(column.of(cells));
          if (place >= testFrom) {
            return Splitter.Split.TEST;
          }
          return place >= heldFrom ? Splitter.Split.VALIDATION : Splitter.Split.TRAIN;
        });
  }

  /** The order of the column's cells, which are written as the job says of the column. */
  private CellOrder order(String column) {
    String times = TimeFormat.ISO;
    NumberText numbers = NumberText.PLAIN;
    for (Feature feature : layout.features()) {
      if (feature.column().equals(column)) {
        times = feature.kind() == Kind.TIME ? feature.format() : times;
        numbers = feature.kind() == Kind.NUMBER ? NumberText.of(feature.format()) : numbers;
      }
    }
    if (layout.labels().stream().anyMatch(label -> label.column().equals(column))) {
      numbers = NumberText.of(layout.labelRule().format());
    }
    return new CellOrder(times, numbers);
  }

  private static double at(double[] sorted, double share) {
    int place = (int) Math.round(share * sorted.length);
    return place < sorted.length ? sorted[place] : Double.POSITIVE_INFINITY;
  }

  private MedianSample sorted(SplitCells column, CellOrder order) {
    Splitter own = splitter;
    MedianSample all = new MedianSample();
    table.eachPart(
        (partition, rows) -> {
          MedianSample sample = new MedianSample();
          for (long index = 0; rows.hasNext(); index++) {
            long number = own.row(partition, index);
            double place = order.of(column.of(rows.next()));
            if (place > Double.NEGATIVE_INFINITY && own.takes(number)) {
              sample.add(own.place(number), place);
            }
          }
          return sample;
        },
        all::add);
    return all;
  }
}
