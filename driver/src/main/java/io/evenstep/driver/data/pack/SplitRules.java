package io.evenstep.driver.data.pack;

import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.scan.Feature;
import io.evenstep.driver.data.scan.RowLayout;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.driver.data.split.CellOrder;
import io.evenstep.driver.data.split.MedianSample;
import io.evenstep.driver.data.split.SplitCells;
import io.evenstep.driver.data.split.SplitRule;
import io.evenstep.driver.data.split.Splitter;
import io.evenstep.driver.data.split.Strata;
import io.evenstep.driver.data.split.Strata.Cut;
import io.evenstep.model.ConfigException;
import io.evenstep.model.SplitMix64;
import io.evenstep.model.time.TimeFormat;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Builds the rule that splits the rows of a source. */
final class SplitRules {
  private final DataSpec spec;
  private final RowLayout layout;
  private final SourceTable table;
  private final Splitter splitter;
  private List<String> rare = List.of();

  SplitRules(DataSpec spec, RowLayout layout, SourceTable table, Splitter splitter) {
    this.spec = spec;
    this.layout = layout;
    this.table = table;
    this.splitter = splitter;
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
    rare = strata.rare(splitter.validation(), splitter.test());
    Map<String, Cut> cuts = strata.cuts(splitter.validation(), splitter.test());
    StratumName names = name();
    return splitter.with(
        (own, row, cells) ->
            cuts.getOrDefault(names.of(cells), new Cut(0, 0)).split(own.draw(row)));
  }

  /** Classes with too few rows for {@link #splitter} to hold out for validation and test. */
  List<String> rare() {
    return rare;
  }

  private Strata strata() {
    StratumName names = name();
    return gathered((draw, cells, into) -> into.add(names.of(cells), draw));
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
      gatherer.add(splitter.draw(splitter.row(partition, index)), rows.next(), strata);
    }
    return strata;
  }

  /** The class of a row; without classes, the same for all rows. */
  private interface StratumName extends Serializable {
    String of(Row cells);
  }

  private StratumName name() {
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
    return (own, row, cells) -> own.byFraction(own.draw(hash(groups.name(cells))));
  }

  private static long hash(String text) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = SplitMix64.mix(hash + SplitMix64.GOLDEN + text.charAt(i));
    }
    return hash;
  }

  /** Orders rows by a column; the last rows are held out. */
  private Splitter ordered() {
    SplitCells column = cells();
    CellOrder order = new CellOrder(format());
    double[] sorted = sorted(column, order).sorted();
    double testFrom = at(sorted, 1 - splitter.test());
    double heldFrom = at(sorted, 1 - splitter.test() - splitter.validation());
    return splitter.with(
        (own, row, cells) -> {
          double place = order.of(column.of(cells));
          if (place >= testFrom) {
            return Splitter.Split.TEST;
          }
          return place >= heldFrom ? Splitter.Split.VALIDATION : Splitter.Split.TRAIN;
        });
  }

  private String format() {
    String column = spec.split().column().orElseThrow();
    return layout.features().stream()
        .filter(feature -> feature.column().equals(column))
        .map(Feature::format)
        .filter(format -> !format.isEmpty())
        .findFirst()
        .orElse(TimeFormat.ISO);
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
            double place = order.of(column.of(rows.next()));
            if (place > Double.NEGATIVE_INFINITY) {
              sample.add(own.place(own.row(partition, index)), place);
            }
          }
          return sample;
        },
        all::add);
    return all;
  }
}
