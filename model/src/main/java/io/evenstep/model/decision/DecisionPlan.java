package io.evenstep.model.decision;

import java.io.Serializable;

/**
 * What a job asks for about decisions.
 *
 * @param calibrates whether a temperature is learned from the validation rows
 * @param threshold between two classes
 */
public record DecisionPlan(boolean calibrates, Threshold threshold) implements Serializable {
  /** Nothing is learned, and the most probable class is predicted. */
  public static final DecisionPlan USUAL = new DecisionPlan(false, Threshold.USUAL);

  /** Whether validation rows are needed. */
  public boolean learns() {
    return calibrates || threshold instanceof Threshold.Best;
  }

  /** The decision before any rows have been seen. */
  public Decision start() {
    return Decision.USUAL.withThreshold(threshold.start());
  }
}
