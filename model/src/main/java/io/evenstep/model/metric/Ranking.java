package io.evenstep.model.metric;

import io.evenstep.model.decision.ThresholdAim;
import io.evenstep.model.decision.ThresholdSearch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The area under the receiver operating characteristic of one class against the rest: how often a
 * row of the class has a higher probability than a row of another.
 *
 * <p>Probabilities are counted in bins, 64 for each halving of the distance from 0 or from 1, down
 * to a distance of 2^-26. Pairs within one bin count half, so the error of the area is at most half
 * the share of such pairs.
 */
final class Ranking {
  private static final int OCTAVES = 26;
  private static final int STEPS = 64; // bins per octave
  private static final int HALF = OCTAVES * STEPS;
  private static final int STEP_BITS = 6;

  private final long[] positives = new long[2 * HALF];
  private final long[] negatives = new long[2 * HALF];

  void add(double probability, boolean positive) {
    (positive ? positives : negatives)[bin(probability)]++;
  }

  void add(Ranking other) {
    Counts.add(positives, other.positives);
    Counts.add(negatives, other.negatives);
  }

  /** The bin of a probability; grows with it. */
  static int bin(double probability) {
    return probability <= 0.5 ? distance(probability) : 2 * HALF - 1 - distance(1 - probability);
  }

  /** 0 for up to 2^-26, and the last bin of the half for 0.5. */
  private static int distance(double fromEnd) {
    long bits = Double.doubleToRawLongBits(Math.max(fromEnd, 0));
    int exponent = (int) (bits >>> 52) - 1023;
    int step = (int) (bits >>> (52 - STEP_BITS)) & (STEPS - 1);
    int bin = (exponent + OCTAVES + 1) * STEPS + step;
    return Math.max(0, Math.min(HALF - 1, bin - STEPS));
  }

  /** The area; empty unless there are rows of the class and rows of others. */
  OptionalDouble area() {
    long allPositives = 0;
    long allNegatives = 0;
    double won = 0;
    for (int bin = 0; bin < positives.length; bin++) {
      won += positives[bin] * (allNegatives + negatives[bin] / 2.0);
      allPositives += positives[bin];
      allNegatives += negatives[bin];
    }
    return allPositives == 0 || allNegatives == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(won / ((double) allPositives * allNegatives));
  }

  /**
   * Average precision: at each threshold the precision, weighted by the recall that it adds; the
   * area below the curve of precision by recall, without interpolation. Empty where {@link #area}
   * is.
   */
  OptionalDouble averagePrecision() {
    long allPositives = Arrays.stream(positives).sum();
    long called = 0;
    long right = 0;
    double sum = 0;
    for (int bin = positives.length - 1; bin >= 0; bin--) {
      called += positives[bin] + negatives[bin];
      right += positives[bin];
      sum += positives[bin] == 0 ? 0 : (double) positives[bin] * right / called;
    }
    return allPositives == 0 || called == allPositives
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum / allPositives);
  }

  /** The middle of a bin. */
  static double probability(int bin) {
    return bin < HALF ? fromEnd(bin) : 1 - fromEnd(2 * HALF - 1 - bin);
  }

  private static double fromEnd(int bin) {
    return fromEnd(bin, 0.5);
  }

  /** A place within a bin: 0 is its lower end, 1 its upper end. */
  private static double fromEnd(int bin, double place) {
    double octave = Math.scalb(1.0, bin / STEPS - OCTAVES);
    return octave * (1 + (bin % STEPS + place) / STEPS);
  }

  /** The lower end of a bin. */
  private static double from(int bin) {
    if (bin >= HALF) {
      return 1 - fromEnd(2 * HALF - 1 - bin, 1);
    }
    return bin == 0 ? 0 : fromEnd(bin, 0);
  }

  /** The upper end of a bin. */
  private static double to(int bin) {
    if (bin >= HALF) {
      return bin == 2 * HALF - 1 ? 1 : 1 - fromEnd(2 * HALF - 1 - bin, 0);
    }
    return Math.min(0.5, fromEnd(bin, 1)); // the bin of 0.5 has no width
  }

  /**
   * The best threshold for a measure; empty unless there are rows of the class and rows of others.
   */
  OptionalDouble threshold(ThresholdAim aim) {
    long allPositives = Arrays.stream(positives).sum();
    long allNegatives = Arrays.stream(negatives).sum();
    if (allPositives == 0 || allNegatives == 0) {
      return OptionalDouble.empty();
    }
    ThresholdSearch search = new ThresholdSearch(aim, allPositives, allNegatives);
    for (int bin = positives.length - 1; bin >= 0; bin--) {
      if (positives[bin] + negatives[bin] > 0) {
        search.add(from(bin), to(bin), positives[bin], negatives[bin]);
      }
    }
    return OptionalDouble.of(search.threshold());
  }

  /**
   * The curve, with at most {@code most + 1} points: leaves out points that are closer to the last
   * one than an even share of the length.
   */
  ThresholdCurve curve(int most) {
    long allPositives = Arrays.stream(positives).sum();
    long allNegatives = Arrays.stream(negatives).sum();
    List<ThresholdCurve.Point> points = new ArrayList<>();
    long truePositives = 0;
    long falsePositives = 0;
    double way = 0; // since the last point; the whole length is 2
    for (int bin = positives.length - 1; bin >= 0; bin--) {
      truePositives += positives[bin];
      falsePositives += negatives[bin];
      way += share(positives[bin], allPositives) + share(negatives[bin], allNegatives);
      boolean isLast = truePositives + falsePositives == allPositives + allNegatives;
      if (way >= 2.0 / most || (way > 0 && (points.isEmpty() || isLast))) {
        points.add(new ThresholdCurve.Point(probability(bin), truePositives, falsePositives));
        way = 0;
      }
    }
    return new ThresholdCurve(allPositives, allNegatives, points);
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /**
   * Adds to bins of equal width: all rows, rows of the class, and the sums of the probabilities.
   */
  void addTo(long[] rows, long[] ofClass, double[] sums) {
    for (int bin = 0; bin < positives.length; bin++) {
      double probability = probability(bin);
      int run = Math.min(rows.length - 1, (int) (probability * rows.length));
      rows[run] += positives[bin] + negatives[bin];
      ofClass[run] += positives[bin];
      sums[run] += probability * (positives[bin] + negatives[bin]);
    }
  }

  void write(DataOutput out) throws IOException {
    Counts.write(out, positives);
    Counts.write(out, negatives);
  }

  static Ranking read(DataInput in) throws IOException {
    Ranking ranking = new Ranking();
    Counts.read(in, ranking.positives);
    Counts.read(in, ranking.negatives);
    return ranking;
  }
}
