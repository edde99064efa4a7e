package io.evenstep.driver.stage;

import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.ClassWeights;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.evaluation.Deciding;
import io.evenstep.worker.evaluation.Evaluator;
import io.evenstep.worker.evaluation.Judging;

/** Parts for rows with an {@link Encoding}. */
record EncodedParts(
    String encodingJson,
    Objective objective,
    AllowedTypes allowed,
    Judging judging,
    DecisionPlan plan)
    implements RankParts {
  @Override
  public Learner learner(byte[] zip) {
    return Engines.open(new Artifact(zip, allowed), objective);
  }

  @Override
  public RecordDecoder decoder() {
    return encoding().decoder();
  }

  @Override
  public Augmenter augmenter(AugmentPlan augmentations) {
    Augmenter augmenter = Augmenter.of(augmentations, encoding());
    ClassWeights weights = objective.classWeights();
    return (batch, key) -> weights.weighted(augmenter.augment(batch, key));
  }

  @Override
  public Evaluator evaluator() {
    return Evaluators.of(encoding(), judging).get();
  }

  @Override
  public Deciding deciding() {
    return new Deciding(
        plan,
        Evaluators.learning(encoding(), judging, plan),
        decisions -> Evaluators.of(encoding().deciding(decisions), judging));
  }

  private Encoding encoding() {
    return Encoding.fromJson(encodingJson);
  }
}
