package io.evenstep.worker.train;

import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.engine.Learner;
import io.evenstep.worker.evaluation.Evaluator;
import java.util.function.Supplier;

/**
 * What a worker is made of.
 *
 * @param learners the learner to train, with the same parameters on every rank; asked once, and
 *     only on one of the ranks that share a replica
 * @param decoders a decoder of the pack's records for each thread that needs one
 * @param augmenters what is done to training rows, and to no others, once they are decoded; one for
 *     each thread
 * @param evaluators empty ones
 */
public record WorkerParts(
    Supplier<Learner> learners,
    Supplier<RecordDecoder> decoders,
    Supplier<Augmenter> augmenters,
    Supplier<Evaluator> evaluators) {}
