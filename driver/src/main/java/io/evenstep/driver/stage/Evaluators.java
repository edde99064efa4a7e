package io.evenstep.driver.stage;

import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.worker.evaluation.Evaluator;
import io.evenstep.worker.evaluation.OutputEvaluator;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The metrics for an encoding's labels. */
public final class Evaluators {
  private Evaluators() {}

  /**
   * Empty evaluators for rows of this encoding: a classification or a regression for each output.
   */
  public static Supplier<Evaluator> of(Encoding encoding, Loss loss) {
    return of(
        encoding,
        loss,
        output -> Evaluation.classification(output.classes().size(), output.decision()));
  }

  /** Empty evaluators that learn decisions from the rows. */
  static Supplier<Evaluator> learning(Encoding encoding, Loss loss, DecisionPlan plan) {
    return of(encoding, loss, output -> Evaluation.learning(output.classes().size(), plan));
  }

  private static Supplier<Evaluator> of(
      Encoding encoding, Loss loss, Function<TensorEncoding, Evaluation> ofClasses) {
    Map<String, Supplier<Evaluation>> evaluations = new LinkedHashMap<>();
    for (TensorEncoding output : encoding.outputs()) {
      evaluations.put(output.name(), () -> evaluation(output, ofClasses));
    }
    return OutputEvaluator.of(evaluations, loss);
  }

  private static Evaluation evaluation(
      TensorEncoding output, Function<TensorEncoding, Evaluation> ofClasses) {
    if (output.isNextToken()) {
      Segment tokens = output.segments().get(0);
      return Evaluation.tokens(TokenRecipe.of(tokens.format()).unit(), tokens.categories());
    }
    return output.isClass()
        ? ofClasses.apply(output)
        : Evaluation.regression(output.width(), output.scaling());
  }
}
