package io.evenstep.driver.stage;

import io.evenstep.model.data.Encoding;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.worker.Evaluator;
import io.evenstep.worker.OutputEvaluator;
import io.evenstep.worker.OutputEvaluator.Loss;
import java.util.function.Supplier;

/** The metrics that suit an encoding's labels. */
final class Evaluators {
  private Evaluators() {}

  /** Empty evaluators for rows of this encoding: a classification's or a regression's. */
  static Supplier<Evaluator> of(Encoding encoding, Loss loss) {
    int width = encoding.outputs().get(0).width();
    return OutputEvaluator.of(
        () ->
            encoding.classes().isEmpty()
                ? Evaluation.regression(width)
                : Evaluation.classification(width),
        loss);
  }
}
