package io.evenstep.driver.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestNeighboursTest {
  private static final long SEED = 11;

  @Test
  void votesAsSortingAllDistancesDoes() {
    Random random = new Random(SEED);
    List<double[]> features = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      features.add(random.doubles(3, -1, 1).toArray());
      labels.add(random.nextInt(3));
    }
    LabelledRows known = new LabelledRows(features, labels, 3);
    for (int k : new int[] {1, 5, 15}) {
      for (int i = 0; i < 50; i++) {
        double[] row = random.doubles(3, -1, 1).toArray();
        assertThat(new NearestNeighbours(known, k).classes(List.of(row)))
            .as("k %d, row %d, seed %d", k, i, SEED)
            .containsExactly(sorted(known, row, k));
      }
    }
  }

  private static int sorted(LabelledRows known, double[] row, int k) {
    List<Integer> nearest =
        IntStream.range(0, known.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> distance(row, known.features(i))))
            .limit(k)
            .map(known::label)
            .toList();
    int best = nearest.get(0);
    for (int label : nearest) {
      best = votes(nearest, label) > votes(nearest, best) ? label : best;
    }
    return best;
  }

  private static long votes(List<Integer> labels, int label) {
    return labels.stream().filter(one -> one == label).count();
  }

  private static double distance(double[] one, double[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> Math.pow(one[i] - other[i], 2)).sum();
  }

  @Test
  void takesAllRowsWhenThereAreFewerThanNeighbours() {
    LabelledRows known =
        new LabelledRows(
            List.of(new double[] {0}, new double[] {1}, new double[] {2}), List.of(1, 0, 1), 2);

    assertThat(new NearestNeighbours(known, 15).classes(List.of(new double[] {1})))
        .containsExactly(1);
  }
}
