package io.evenstep.driver.plot.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Evenly spaced numbers. */
final class EvenGrid {
  private EvenGrid() {}

  /** The numbers from low to high, both included. */
  static List<Double> of(double low, double high, int count) {
    return IntStream.range(0, count).mapToObj(i -> low + (high - low) * i / (count - 1)).toList();
  }

  /**
   * The same and one number more, a little after the middle: XChart would label evenly spaced
   * numbers, and values that depend on them linearly, one by one.
   */
  static List<Double> forLine(double low, double high, int count) {
    List<Double> numbers = new ArrayList<>(of(low, high, count));
    int place = count / 2 + count / 20;
    numbers.add(place + 1, numbers.get(place) + (high - low) / (3.0 * (count - 1)));
    return numbers;
  }
}
