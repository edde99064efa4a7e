package io.evenstep.model.engine.step.update;

/**
 * An optimizer's arithmetic, number by number, in floats: what Java computes is the same on every
 * processor, since it never fuses a product with a sum. Belongs to one thread.
 */
interface UpdateRule {
  /** How many numbers it remembers of each parameter. */
  int states();

  /** Takes the settings of a step. */
  void begin(int step, int epoch);

  /**
   * Replaces the gradient by what is to be taken off the parameters.
   *
   * @param gradient a piece of it
   * @param state for each number remembered those of the same piece, which it brings up to date
   * @param count how many parameters, from index 0
   */
  void apply(float[] gradient, float[][] state, int count);
}
