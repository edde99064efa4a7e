package io.evenstep.driver.data.scan;

import io.evenstep.model.data.Segment.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Replacements of missing numbers, before scaling. */
final class Fills {
  private final RowLayout layout;
  private final ScanTotals totals;

  Fills(RowLayout layout, ScanTotals totals) {
    this.layout = layout;
    this.totals = totals;
  }

  /**
   * One replacement per number of the features; empty if the encoding's default is enough.
   *
   * @param first feature; all have one kind and rule
   * @param end one past the last
   */
  List<Double> numbers(int first, int end) {
    List<Double> fills = new ArrayList<>();
    for (int i = first; i < end; i++) {
      Feature feature = layout.features().get(i);
      if (feature.fillIsLearned()) {
        addLearned(i, fills);
      } else if (feature.gaps().own() && feature.kind() != Kind.IMAGE) {
        fills.addAll(Collections.nCopies(feature.numbers(), feature.gaps().fill()));
      }
    }
    return fills;
  }

  private void addLearned(int index, List<Double> fills) {
    Feature feature = layout.features().get(index);
    if (feature.needsMedian()) {
      fills.add(totals.median(index));
      return;
    }
    ColumnStats stats = totals.stats(index);
    int run = feature.numbers() / feature.groups();
    for (int i = 0; i < feature.numbers(); i++) {
      fills.add(stats.mean(i / run));
    }
  }
}
