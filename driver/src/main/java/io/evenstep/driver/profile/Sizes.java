package io.evenstep.driver.profile;

import java.util.List;

/**
 * Sizes of a first network and its training, chosen by the number of rows.
 *
 * @param hidden units of each hidden layer
 * @param dropout of hidden units
 * @param learningRate of adam
 * @param batch rows of a step
 * @param epochs maximum number of epochs
 * @param patience epochs without a better loss, after which training stops; 0 for none
 * @param validation share of the rows
 * @param test share of the rows
 */
record Sizes(
    List<Integer> hidden,
    double dropout,
    double learningRate,
    int batch,
    int epochs,
    int patience,
    double validation,
    double test) {
  private static final int FEW = 30;

  Sizes {
    hidden = List.copyOf(hidden);
  }

  /** Sizes for a table with this many labelled rows. */
  static Sizes of(long rows) {
    if (rows < FEW) {
      return new Sizes(List.of(16), 0, 0.003, 8, 100, 0, 0, rows < 10 ? 0 : 0.2);
    } else if (rows < 500) {
      return new Sizes(List.of(64, 32), 0.1, 0.003, 16, 200, 30, 0.15, 0.2);
    } else if (rows < 5_000) {
      return new Sizes(List.of(128, 64), 0.1, 0.002, 32, 150, 20, 0.15, 0.2);
    } else if (rows < 50_000) {
      return new Sizes(List.of(256, 128), 0.1, 0.001, 128, 80, 10, 0.1, 0.2);
    } else if (rows < 1_000_000) {
      return new Sizes(List.of(256, 128), 0.1, 0.001, 512, 40, 5, 0.1, 0.1);
    }
    return new Sizes(List.of(256, 128), 0.1, 0.001, 2048, 10, 2, 0.05, 0.05);
  }
}
