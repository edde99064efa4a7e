package io.evenstep.model.engine;

/**
 * One thread's part in the steps of a {@link Learner}. Threads share out the vector: each measures
 * its range, and when all have, each applies its range. No two threads write to the same place.
 */
public interface Stepper {
  /**
   * Measures a range of {@link Learner#gradient()} for what the whole vector must be looked at,
   * such as its norm. What it finds is added up in an order that does not depend on the ranges.
   *
   * @param step global steps done before this one, as for {@link Learner#apply}
   * @param rows of the global batch
   */
  void measure(long step, int epoch, int rows, Range range);

  /**
   * Takes the step in a range, when all ranges are measured. The range that begins at 0 also counts
   * the step.
   *
   * @throws io.evenstep.model.DivergedException when the gradient is not finite, in every range
   */
  void apply(long step, int epoch, int rows, Range range);
}
