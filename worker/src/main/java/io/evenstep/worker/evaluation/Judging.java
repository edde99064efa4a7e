package io.evenstep.worker.evaluation;

import io.evenstep.model.metric.EvaluationNoise;
import java.io.Serializable;

/**
 * How rows are evaluated.
 *
 * @param loss which loss is reported
 * @param noise added to their features first
 */
public record Judging(OutputEvaluator.Loss loss, EvaluationNoise noise) implements Serializable {
  /** Without noise. */
  public static Judging of(OutputEvaluator.Loss loss) {
    return new Judging(loss, EvaluationNoise.NONE);
  }
}
