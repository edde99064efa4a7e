package io.evenstep.model.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/**
 * The area under the receiver operating characteristic of one class against the rest: how often a
 * row of the class has a higher probability than a row of another.
 *
 * <p>Probabilities are counted in bins, 64 to each halving of the distance from 0 or from 1, down
 * to 2^-26 from either end. Pairs within one bin count half, so the area is off by at most half the
 * share of such pairs.
 */
final class Ranking {
  private static final int OCTAVES = 26;
  private static final int STEPS = 64; // [to an octave]
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

  /** Grows with the probability. */
  static int bin(double probability) {
    return probability <= 0.5 ? distance(probability) : 2 * HALF - 1 - distance(1 - probability);
  }

  /** 0 for up to 2^-26, and the last of the half for 0.5. */
  private static int distance(double fromEnd) {
    long bits = Double.doubleToRawLongBits(Math.max(fromEnd, 0));
    int exponent = (int) (bits >>> 52) - 1023;
    int step = (int) (bits >>> (52 - STEP_BITS)) & (STEPS - 1);
    int bin = (exponent + OCTAVES + 1) * STEPS + step;
    return Math.max(0, Math.min(HALF - 1, bin - STEPS));
  }

  /** Empty unless there are rows of the class and rows of others. */
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
