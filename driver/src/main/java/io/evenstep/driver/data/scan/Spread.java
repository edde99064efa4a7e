package io.evenstep.driver.data.scan;

import io.evenstep.driver.data.spec.DataSpec.Normalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The range of a column's numbers in units of the float and double precision at their size. */
public final class Spread {
  /** Units that the range of a packed column should span. */
  private static final int FEWEST_STEPS = 256;

  /** Units of float precision that are enough to store numbers before scaling. */
  private static final int FEWEST_BEFORE_SCALING = 1 << 16;

  private static final int MOST = 5;

  private Spread() {}

  /** Notices about columns of the training rows; the first few. */
  public static List<String> notices(RowLayout layout, ScanTotals totals) {
    List<String> notices = new ArrayList<>();
    for (int i = 0; i < layout.features().size() && notices.size() < MOST; i++) {
      Feature feature = layout.features().get(i);
      if (feature.isMeasured() && !feature.isFitted() && isTooFine(feature, totals.stats(i))) {
        notices.add(notice(feature, totals.stats(i)));
      }
    }
    return notices;
  }

  /** Whether floats would lose the differences between numbers before scaling. */
  static boolean isFineForFloats(Feature feature, ColumnStats stats) {
    for (int group = 0; group < feature.groups(); group++) {
      double spread = stats.most(group) - stats.least(group);
      if (spread > 0 && spread < FEWEST_BEFORE_SCALING * Math.ulp((float) size(stats, group))) {
        return true;
      }
    }
    return false;
  }

  private static double size(ColumnStats stats, int group) {
    return Math.max(Math.abs(stats.least(group)), Math.abs(stats.most(group)));
  }

  private static boolean isTooFine(Feature feature, ColumnStats stats) {
    for (int group = 0; group < feature.groups(); group++) {
      double spread = stats.most(group) - stats.least(group);
      if (spread > 0 && spread < FEWEST_STEPS * step(feature, stats, group)) {
        return true;
      }
    }
    return false;
  }

  /** The smallest difference between two numbers that parsing and packing preserve. */
  private static double step(Feature feature, ColumnStats stats, int group) {
    ColumnScale scale = ColumnScale.of(feature.normalize(), stats, group);
    double packed =
        Math.max(Math.abs(scale.of(stats.least(group))), Math.abs(scale.of(stats.most(group))));
    return Math.max(Math.ulp(size(stats, group)), Math.ulp((float) packed) / scale.scale());
  }

  private static String notice(Feature feature, ColumnStats stats) {
    boolean shifts =
        feature.normalize() == Normalization.STANDARD
            || feature.normalize() == Normalization.MIN_MAX;
    return String.format(
        Locale.ROOT,
        "Column %s has values from %s to %s, too close together to tell apart at single precision:"
            + " %s",
        feature.column(),
        stats.least(0),
        stats.most(0),
        shifts ? "subtract its minimum beforehand" : "set data.normalize to standard or min-max");
  }
}
