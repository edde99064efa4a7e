package io.evenstep.model.decision;

import java.io.Serializable;

/** The threshold that a job asks for. */
public sealed interface Threshold extends Serializable {
  /** The usual one: the more probable class is predicted. */
  Threshold USUAL = new Fixed(Decision.USUAL.threshold());

  /**
   * A probability.
   *
   * @param value from 0 to 1
   */
  record Fixed(double value) implements Threshold {}

  /** The probability at which the validation rows reach the largest value of a measure. */
  record Best(ThresholdAim aim) implements Threshold {}

  /** The threshold before any rows have been seen. */
  default double start() {
    return this instanceof Fixed fixed ? fixed.value() : Decision.USUAL.threshold();
  }
}
