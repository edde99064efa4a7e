package io.evenstep.worker.evaluation;

import io.evenstep.model.decision.Decision;
import io.evenstep.model.decision.DecisionPlan;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the validation rows decide, after training, what a network's probabilities mean.
 *
 * @param plan what to learn
 * @param learning makes evaluators that can learn
 * @param with makes evaluators that use what was learned: a decision for each output
 */
public record Deciding(
    DecisionPlan plan,
    Supplier<Evaluator> learning,
    Function<List<Decision>, Supplier<Evaluator>> with) {
  /** Learns nothing. */
  public static Deciding nothing(Supplier<Evaluator> evaluators) {
    return new Deciding(DecisionPlan.USUAL, evaluators, decisions -> evaluators);
  }
}
