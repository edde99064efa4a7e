package io.evenstep.driver.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * Successive halving: all trials train a little, the better part of them some more, and the best to
 * the end. Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
 * optimization", 2016.
 */
final class Halving {
  private Halving() {}

  /**
   * One round.
   *
   * @param epochs each trial of it has trained when it ends, those of rounds before included
   * @param trials how many are in it
   */
  record Round(int epochs, int trials) {}

  /**
   * The rounds of a sweep.
   *
   * @param trials at least 1
   * @param epochs of a whole training, at least 1
   * @param keepOneOf one of so many trials goes on to the next round; 1 to train all to the end
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

  /** As many as leave a trial for the last round, and an epoch for the first. */
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
