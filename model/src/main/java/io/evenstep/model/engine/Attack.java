package io.evenstep.model.engine;

import java.io.Serializable;
import java.nio.FloatBuffer;

/**
 * The fast gradient sign attack (Goodfellow, Shlens and Szegedy 2015): each number of a row moves
 * by the same amount, in the direction in which the loss grows.
 *
 * @param epsilon by how much, in the units that the network sees, at least 0; 0 for no attack
 * @param share of the loss of a training step that is that of attacked rows, 0 to 1
 * @param least no number moves below it
 * @param most no number moves above it
 */
public record Attack(double epsilon, double share, double least, double most)
    implements Serializable {
  /** The job's key that asks for it in training. */
  public static final String KEY = "training.adversarial.epsilon";

  /** Leaves rows as they are. */
  public static final Attack NONE =
      new Attack(0, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Whether rows stay as they are. */
  public boolean isNone() {
    return epsilon == 0;
  }

  /**
   * Moves the numbers of rows. A number outside of the range does not move further away from it. A
   * number with a slope of 0 does not move.
   *
   * @param numbers from its first to its limit
   * @param slopes of the loss, one for each number
   * @param moved receives the result
   */
  public void move(FloatBuffer numbers, FloatBuffer slopes, FloatBuffer moved) {
    float step = (float) epsilon;
    float low = (float) least;
    float high = (float) most;
    for (int i = 0; i < moved.limit(); i++) {
      float number = numbers.get(i);
      float to = number + step * Math.signum(slopes.get(i));
      moved.put(i, Math.min(Math.max(to, Math.min(low, number)), Math.max(high, number)));
    }
  }
}
