package io.evenstep.driver.data.split;

import io.evenstep.driver.data.spec.Fold;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The random draws of each class's rows, used to find the thresholds that give exact shares. For a
 * class with more than 16,384 rows to hold out only the smallest draws are kept, and the thresholds
 * follow the fractions, with an error of at most 1 %.
 */
public final class Strata implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_HELD_OUT = 16_384;

  private final Map<String, Stratum> strata = new TreeMap<>();

  public void add(String name, double draw) {
    strata.computeIfAbsent(name, n -> new Stratum()).add(draw);
  }

  public void add(Strata other) {
    other.strata.forEach(
        (name, more) -> strata.computeIfAbsent(name, n -> new Stratum()).add(more));
  }

  /** The thresholds of each class. */
  Map<String, Cut> cuts(double validation, double test, Fold fold) {
    Map<String, Cut> cuts = new TreeMap<>();
    strata.forEach(
        (name, stratum) ->
            cuts.put(
                name,
                fold.isNone() ? stratum.cut(validation, test) : stratum.cut(validation, fold)));
    return cuts;
  }

  /** Classes of a single row, which no fold holds out. */
  public List<String> singles() {
    return strata.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty() && entry.getValue().rows == 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Classes with too few rows to hold any out. */
  public List<String> rare(double validation, double test) {
    List<String> rare = new ArrayList<>();
    strata.forEach(
        (name, stratum) -> {
          boolean lacks =
              (test > 0 && stratum.heldOut(test) == 0)
                  || (validation > 0 && stratum.heldOut(validation) == 0);
          if (!name.isEmpty() && lacks) {
            rare.add(name);
          }
        });
    return rare;
  }

  private static final class Stratum implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeSet<Double> least = new TreeSet<>();
    private long rows;

    void add(double draw) {
      rows++;
      keep(draw);
    }

    void add(Stratum other) {
      rows += other.rows;
      other.least.forEach(this::keep);
    }

    private void keep(double draw) {
      if (least.size() <= MOST_HELD_OUT || draw < least.last()) {
        least.add(draw);
        if (least.size() > MOST_HELD_OUT + 1) {
          least.pollLast();
        }
      }
    }

    int heldOut(double share) {
      return (int) Math.min(Math.round(rows * share), MOST_HELD_OUT + 1);
    }

    Cut cut(double validation, double test) {
      long forTest = Math.round(rows * test);
      long held = Math.min(rows - 1, forTest + Math.round(rows * validation));
      if (held > MOST_HELD_OUT) {
        return new Cut(0, test, test + validation);
      }
      return new Cut(0, draw(Math.min(forTest, held)), draw(held));
    }

    /** A single row is always for training. */
    Cut cut(double validation, Fold fold) {
      if (rows < 2) {
        return Cut.NONE;
      }
      if (rows > least.size()) {
        return Cut.of(validation, 0, fold);
      }
      long from = fold.from(rows);
      long to = fold.to(rows);
      long held = to + Math.min(Math.round(rows * validation), rows - 1 - (to - from));
      return new Cut(draw(from), draw(to), draw(held > rows ? held - rows : held));
    }

    /** The threshold that this many draws are below. */
    private double draw(long below) {
      return least.stream().skip(below).findFirst().orElse(1.0);
    }
  }
}
