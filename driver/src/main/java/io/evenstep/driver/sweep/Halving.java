package io.evenstep.driver.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * Successive halving. All trials train for a few epochs. The better ones train for more, and the
 * best train to the end. Jamieson and Talwalkar, "Non-stochastic best arm identification and
 * hyperparameter optimization", 2016.
 */
final class Halving {
  private Halving() {}

  /**
   * One round.
   *
   * @param epochs that each of its trials has trained by its end, including earlier rounds
   * @param trials number of trials in it
   */
  record Round(int epochs, int trials) {}

  /**
   * The rounds of a sweep.
   *
   * @param trials at least 1
   * @param epochs of a full training, at least 1
   * @param keepOneOf one in this many trials reaches the next round; 1 trains all to the end
   */
  static List<Round> rounds(int trials, int epochs, int keepOneOf) {
    List<Round> rounds = new ArrayList<>();
    int left = trials;
    int count = keepOneOf == 1 ? 1 : count(trials, epochs, keepOneOf);
    for (int round = 1; round <= count; round++) {
      double share = Math.pow(keepOneOf, round - count);
      rounds.add(new Round((int) Math.max(1, Math.round(epochs * share)), left));
      left = (left + keepOneOf - 1) / keepOneOf;
    }
    return rounds;
  }

  /**
   * The most rounds that leave at least one trial for the last round and one epoch for the first.
   */
  private static int count(int trials, int epochs, int keepOneOf) {
    int count = 1;
    long factor = keepOneOf;
    while (factor <= trials && factor <= epochs) {
      count++;
      factor *= keepOneOf;
    }
    return count;
  }
}
