package io.evenstep.worker.train;

import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.engine.Learner;
import io.evenstep.worker.evaluation.Deciding;
import io.evenstep.worker.evaluation.Evaluator;
import java.util.function.Supplier;

/**
 * The parts of a worker.
 *
 * @param learners makes the learner to train, with the same parameters on every rank; called once,
 *     and only on one of the ranks that share a replica
 * @param decoders a decoder of the pack's records for each thread that needs one
 * @param augmenters change decoded training rows, and no others; one for each thread
 * @param evaluators makes empty evaluators
 * @param deciding what is learned from the validation rows after training
 */
public record WorkerParts(
    Supplier<Learner> learners,
    Supplier<RecordDecoder> decoders,
    Supplier<Augmenter> augmenters,
    Supplier<Evaluator> evaluators,
    Deciding deciding) {
  /** The parts of a worker that learns no decisions. */
  public WorkerParts(
      Supplier<Learner> learners,
      Supplier<RecordDecoder> decoders,
      Supplier<Augmenter> augmenters,
      Supplier<Evaluator> evaluators) {
    this(learners, decoders, augmenters, evaluators, Deciding.nothing(evaluators));
  }
}
