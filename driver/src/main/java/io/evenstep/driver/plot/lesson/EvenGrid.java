package io.evenstep.driver.plot.lesson;

import java.util.List;
import java.util.stream.IntStream;

/** Evenly spaced numbers. */
final class EvenGrid {
  private EvenGrid() {}

  /** The numbers from low to high, both included. */
  static List<Double> of(double low, double high, int count) {
    return IntStream.range(0, count).mapToObj(i -> low + (high - low) * i / (count - 1)).toList();
  }
}
