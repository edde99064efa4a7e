package io.evenstep.model.engine.step.update;

/**
 * An optimizer's arithmetic, element by element, in floats. Java gives the same bits on every
 * processor, because it never fuses a product with a sum. Belongs to one thread.
 */
interface UpdateRule {
  /** How many numbers it keeps for each parameter. */
  int states();

  /** Prepares for a step. */
  void begin(int step, int epoch);

  /**
   * Replaces the gradient by what is subtracted from the parameters.
   *
   * @param gradient a piece of the gradient
   * @param state the state of the same piece, one array for each number kept; updated
   * @param count how many parameters, from index 0
   */
  void apply(float[] gradient, float[][] state, int count);
}
