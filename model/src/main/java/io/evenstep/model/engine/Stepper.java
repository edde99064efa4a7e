package io.evenstep.model.engine;

/**
 * One thread's part of the steps of a {@link Learner}. Threads divide the vector: each measures its
 * range, and when all have done so, each applies its range. No two threads write to the same place.
 */
public interface Stepper {
  /**
   * Measures a range of {@link Learner#gradient()} for quantities of the whole vector, such as its
   * norm. They are added up in an order that does not depend on the ranges.
   *
   * @param step global steps before this one, as in {@link Learner#apply}
   * @param rows of the global batch
   */
  void measure(long step, int epoch, int rows, Range range);

  /**
   * Takes the step in a range, after all ranges were measured. The range that begins at 0 also
   * counts the step.
   *
   * @throws io.evenstep.model.DivergedException when the gradient is not finite, in every range
   */
  void apply(long step, int epoch, int rows, Range range);
}
