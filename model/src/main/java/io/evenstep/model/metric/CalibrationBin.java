package io.evenstep.model.metric;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Predicted probabilities of similar size, and how often they came true.
 *
 * @param predicted mean probability
 * @param observed share that came true
 * @param count how many probabilities
 */
public record CalibrationBin(double predicted, double observed, long count)
    implements Serializable {
  private static final int BINS = 10;

  /** Bins of equal width over the probabilities of some classes. Empty bins are left out. */
  static List<CalibrationBin> of(List<Ranking> classes) {
    long[] rows = new long[BINS];
    long[] ofClass = new long[BINS];
    double[] sums = new double[BINS];
    classes.forEach(ranking -> ranking.addTo(rows, ofClass, sums));
    return IntStream.range(0, BINS)
        .filter(i -> rows[i] > 0)
        .mapToObj(
            i -> new CalibrationBin(sums[i] / rows[i], (double) ofClass[i] / rows[i], rows[i]))
        .toList();
  }
}
