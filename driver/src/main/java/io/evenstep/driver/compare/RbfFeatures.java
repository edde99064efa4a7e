package io.evenstep.driver.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.SparkSession;

/**
 * Radial basis functions: a row becomes its closeness {@code exp(-d^2 / (2 s^2))} to some centres,
 * where d is the distance and s the mean distance of a centre to its nearest neighbour, doubled
 * (Broomhead and Lowe 1988). The centres are those of Spark's k-means on the training rows.
 */
final class RbfFeatures {
  private static final int MOST_CENTRES = 50;
  private static final int ROWS_PER_CENTRE = 4;
  private static final double OVERLAP = 2;

  private final List<double[]> centres;
  private final double width;

  private RbfFeatures(List<double[]> centres) {
    this.centres = List.copyOf(centres);
    this.width = Math.max(1e-9, OVERLAP * nearest());
  }

  static RbfFeatures of(LabelledRows rows, SparkSession spark, long seed) {
    int count = Math.max(2, Math.min(MOST_CENTRES, rows.size() / ROWS_PER_CENTRE));
    Vector[] found =
        new KMeans().setK(count).setSeed(seed).fit(rows.dataset(spark)).clusterCenters();
    return new RbfFeatures(Arrays.stream(found).map(Vector::toArray).toList());
  }

  /** The rows' closeness to each centre. */
  List<double[]> of(List<double[]> rows) {
    List<double[]> near = new ArrayList<>();
    for (double[] row : rows) {
      double[] values = new double[centres.size()];
      for (int i = 0; i < values.length; i++) {
        double distance = distance(row, centres.get(i)) / width;
        values[i] = Math.exp(-distance * distance / 2);
      }
      near.add(values);
    }
    return near;
  }

  private double nearest() {
    double sum = 0;
    for (double[] one : centres) {
      double least = Double.POSITIVE_INFINITY;
      for (double[] other : centres) {
        least = one == other ? least : Math.min(least, distance(one, other));
      }
      sum += Double.isFinite(least) ? least : 1;
    }
    return sum / centres.size();
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (one[i] - other[i]) * (one[i] - other[i]);
    }
    return Math.sqrt(sum);
  }
}
