package io.evenstep.driver.data.split;

import io.evenstep.driver.data.spec.Fold;
import io.evenstep.model.SplitMix64;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Decides the split of a row. Its place in the pack depends only on its number.
 *
 * @param fixed the split of a whole source; for TRAIN, fractions may be held out
 * @param rule chooses rows for fractions
 * @param fold the test rows, instead of any
 * @param use which rows are used at all
 */
public record Splitter(
    long seed,
    int source,
    double validation,
    double test,
    Split fixed,
    SplitRule rule,
    Fold fold,
    RowUse use)
    implements Serializable {
  private static final int PARTITION_BITS = 40;
  private static final int SOURCE_BITS = 60;

  /** The split of a row. */
  public enum Split {
    TRAIN,
    VALIDATION,
    TEST
  }

  /** Splits a source by fractions. */
  public static Splitter fractions(long seed, double validation, double test, Fold fold) {
    return new Splitter(seed, 0, validation, test, Split.TRAIN, SplitRule.BY_ROW, fold, RowUse.ALL);
  }

  /** Assigns a whole source to one split. */
  public static Splitter whole(long seed, Split split) {
    return new Splitter(
        seed, split.ordinal(), 0, 0, split, SplitRule.BY_ROW, Fold.NONE, RowUse.ALL);
  }

  /** The number of a row. It does not depend on the number of cores that read the source. */
  public long row(int partition, long indexInPartition) {
    return ((long) source << SOURCE_BITS) | ((long) partition << PARTITION_BITS) | indexInPartition;
  }

  /** Whether the source may have rows of a split. */
  public boolean mayGive(Split split) {
    return switch (split) {
      case TRAIN -> fixed == split;
      case VALIDATION -> fixed == split || (fixed == Split.TRAIN && validation > 0);
      case TEST -> fixed == split || (fixed == Split.TRAIN && test > 0);
    };
  }

  /** A copy with another rule. */
  public Splitter with(SplitRule other) {
    return new Splitter(seed, source, validation, test, fixed, other, fold, use);
  }

  /** A copy that uses other rows. */
  public Splitter using(RowUse other) {
    return new Splitter(seed, source, validation, test, fixed, rule, fold, other);
  }

  /** Whether a row belongs to the sample. */
  public boolean takes(long row) {
    return use.sample() >= 1 || SplitMix64.unit(mix(mix(seed + 2) ^ mix(row))) < use.sample();
  }

  /** Whether fractions are held out. */
  public boolean chooses() {
    return fixed == Split.TRAIN && validation + test > 0;
  }

  public Split split(long row, Row cells) {
    return chooses() ? rule.split(this, row, cells) : fixed;
  }

  /** The rule that gives exact shares of each class. */
  public SplitRule stratified(Strata strata, SplitNames names) {
    Map<String, Cut> cuts = strata.cuts(validation, test, fold);
    return (own, row, cells) -> cuts.getOrDefault(names.of(cells), Cut.NONE).split(own.draw(row));
  }

  /** The split at a position from 0 to below 1, by the fractions. */
  public Split byFraction(double place) {
    return Cut.of(validation, test, fold).split(place);
  }

  /** The random draw of a row or a group, from 0 to below 1. */
  public double draw(long number) {
    return SplitMix64.unit(mix(seed ^ mix(number)));
  }

  /**
   * The place of a row among the rows of its split. Rows are shuffled once, when they are packed.
   */
  public long place(long row) {
    return mix(mix(seed + 1) ^ mix(row));
  }

  private static long mix(long value) {
    return SplitMix64.mix(value + SplitMix64.GOLDEN);
  }
}
