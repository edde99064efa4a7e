package io.evenstep.driver.report;

import java.util.ArrayList;
import java.util.List;

/** What the table of steps says about each epoch. */
final class EpochSteps {
  /** Names of the values of {@link #of}. */
  static final List<String> COLUMNS = List.of("seconds", "learningRate", "gradientNorm");

  private final List<double[]> steps; // rows of StepsTable

  EpochSteps(List<double[]> steps) {
    this.steps = List.copyOf(steps);
  }

  /**
   * Seconds and learning rate at the epoch's last reported step, and the mean of the gradient norms
   * that were measured in it. NaN if no step of it was reported.
   *
   * @param epoch from 1
   */
  List<Double> of(int epoch) {
    List<double[]> own = steps.stream().filter(row -> row[StepsTable.EPOCH] == epoch).toList();
    double norm =
        known(own, StepsTable.GRADIENT_NORM).stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(Double.NaN);
    return List.of(
        last(known(own, StepsTable.SECONDS)), last(known(own, StepsTable.LEARNING_RATE)), norm);
  }

  private static List<Double> known(List<double[]> rows, int column) {
    List<Double> values = new ArrayList<>();
    for (double[] row : rows) {
      if (!Double.isNaN(row[column])) {
        values.add(row[column]);
      }
    }
    return values;
  }

  private static double last(List<Double> values) {
    return values.isEmpty() ? Double.NaN : values.get(values.size() - 1);
  }
}
