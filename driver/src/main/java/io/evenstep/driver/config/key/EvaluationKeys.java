package io.evenstep.driver.config.key;

import io.evenstep.driver.config.value.Key;
import io.evenstep.driver.config.value.ScalarType;
import io.evenstep.driver.config.value.ThresholdType;
import io.evenstep.driver.config.value.ValueRule;
import io.evenstep.model.decision.Threshold;
import java.util.List;

/** The keys under {@code evaluation}: how probabilities become predictions. */
public final class EvaluationKeys {
  private EvaluationKeys() {}

  /** How probabilities are calibrated. */
  public enum Calibration {
    NONE,
    TEMPERATURE
  }

  public static final Key<Threshold> THRESHOLD =
      Key.of(
              "evaluation.threshold",
              ThresholdType.THRESHOLD,
              "Least probability of the second of two classes at which it is predicted; with the"
                  + " name of a measure, the one that is best for it on the validation rows; see"
                  + " [threshold and calibration](data.md#threshold-and-calibration).")
          .byDefault(Threshold.USUAL);

  public static final Key<Calibration> CALIBRATION =
      Key.of(
              "evaluation.calibration",
              ScalarType.choice(Calibration.class),
              "Whether probabilities are calibrated: `temperature` divides their logarithms by a"
                  + " number that is learned from the validation rows.")
          .byDefault(Calibration.NONE);

  public static final Key<Double> NOISE =
      Key.of(
              "evaluation.noise",
              ScalarType.NUMBER,
              "Standard deviation of normal noise that is added to the features of validation and"
                  + " test rows, after scaling; a reconstruction is compared with the features"
                  + " without it.")
          .where(ValueRule.atLeast(0.0))
          .byDefault(0.0);

  static final List<Key<?>> ALL = List.of(THRESHOLD, CALIBRATION, NOISE);
}
