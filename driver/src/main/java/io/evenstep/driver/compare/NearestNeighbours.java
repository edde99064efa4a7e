package io.evenstep.driver.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * The k nearest neighbours by Euclidean distance, exactly: each row is compared with every training
 * row (Cover and Hart 1967). Spark ML has no such learner. Tribuo has one, but it would bring a
 * second Protocol Buffers and its own copy of each row for these few lines.
 */
final class NearestNeighbours implements Contender.Fitted {
  private final LabelledRows known;
  private final int neighbours;

  /**
   * @param known at least one row
   * @param neighbours at least 1
   */
  NearestNeighbours(LabelledRows known, int neighbours) {
    this.known = known;
    this.neighbours = Math.min(neighbours, known.size());
  }

  @Override
  public List<Integer> classes(List<double[]> rows) {
    List<Integer> classes = new ArrayList<>();
    for (double[] row : rows) {
      classes.add(vote(row));
    }
    return classes;
  }

  /** The class of most neighbours; of equal ones, the one with the nearest neighbour. */
  private int vote(double[] row) {
    double[] distances = new double[neighbours]; // of the nearest so far, growing
    int[] labels = new int[neighbours];
    int found = 0;
    for (int i = 0; i < known.size(); i++) {
      double limit = found < neighbours ? Double.POSITIVE_INFINITY : distances[neighbours - 1];
      double distance = squaredDistance(row, known.features(i), limit);
      if (distance < limit) {
        int place = Math.min(found, neighbours - 1);
        while (place > 0 && distances[place - 1] > distance) {
          distances[place] = distances[place - 1];
          labels[place] = labels[place - 1];
          place--;
        }
        distances[place] = distance;
        labels[place] = known.label(i);
        found = Math.min(neighbours, found + 1);
      }
    }
    return most(labels, found);
  }

  private int most(int[] labels, int found) {
    int[] votes = new int[known.classes()];
    for (int i = 0; i < found; i++) {
      votes[labels[i]]++;
    }
    int best = labels[0];
    for (int i = 1; i < found; i++) {
      best = votes[labels[i]] > votes[best] ? labels[i] : best;
    }
    return best;
  }

  /** Ends early once the sum reaches the limit. */
  private static double squaredDistance(double[] one, double[] other, double limit) {
    double sum = 0;
    for (int i = 0; i < one.length && sum < limit; i++) {
      double difference = one[i] - other[i];
      sum += difference * difference;
    }
    return sum;
  }
}
