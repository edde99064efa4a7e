package io.evenstep.driver.stage;

import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Segment;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.data.token.TokenRecipe;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.worker.evaluation.Evaluator;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The metrics for an encoding's labels. */
public final class Evaluators {
  private Evaluators() {}

  /**
   * Empty evaluators for rows of this encoding: a classification, regression or reconstruction for
   * each output.
   */
  public static Supplier<Evaluator> of(Encoding encoding, Judging judging) {
    return of(
        encoding,
        judging,
        output -> Evaluation.classification(output.classes().size(), output.decision()));
  }

  /** Empty evaluators that learn decisions from the rows. */
  static Supplier<Evaluator> learning(Encoding encoding, Judging judging, DecisionPlan plan) {
    return of(encoding, judging, output -> Evaluation.learning(output.classes().size(), plan));
  }

  private static Supplier<Evaluator> of(
      Encoding encoding, Judging judging, Function<TensorEncoding, Evaluation> ofClasses) {
    Map<String, Supplier<Evaluation>> evaluations = new LinkedHashMap<>();
    for (TensorEncoding output : encoding.outputs()) {
      evaluations.put(output.name(), () -> evaluation(output, ofClasses));
    }
    return OutputEvaluator.of(evaluations, judging);
  }

  private static Evaluation ofNumbers(TensorEncoding output) {
    return output.isCopy()
        ? Evaluation.reconstruction(output.widthOfStep())
        : Evaluation.regression(output.width(), output.scaling());
  }

  private static Evaluation evaluation(
      TensorEncoding output, Function<TensorEncoding, Evaluation> ofClasses) {
    if (output.isNextToken()) {
      Segment tokens = output.segments().get(0);
      return Evaluation.tokens(TokenRecipe.of(tokens.format()).unit(), tokens.categories());
    }
    return output.isClass() ? ofClasses.apply(output) : ofNumbers(output);
  }
}
