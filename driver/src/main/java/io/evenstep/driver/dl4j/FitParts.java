package io.evenstep.driver.dl4j;

import io.evenstep.driver.stage.RankParts;
import io.evenstep.model.ConfigException;
import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.RecordDecoder;
import io.evenstep.model.data.example.ExampleLayout;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.Attack;
import io.evenstep.model.engine.ClassWeights;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Precision;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.evaluation.Evaluator;
import java.util.List;

/**
 * What a rank needs to train a DL4J network on existing examples, without evaluation or
 * augmentation.
 *
 * @param segmentSteps time steps per segment of a sequence; 0 for whole sequences
 * @param choice the engine asked for
 */
record FitParts(AllowedTypes allowed, ExampleLayout layout, int segmentSteps, EngineChoice choice)
    implements RankParts {
  @Override
  public Learner learner(byte[] zip) {
    return Engines.open(new Artifact(zip, allowed), objective());
  }

  /**
   * The engine that computes the network.
   *
   * @throws ConfigException when the one asked for cannot compute it, or not with these masks
   */
  Engines.Chosen engine(byte[] zip) {
    Engines.Chosen chosen = Engines.choose(new Artifact(zip, allowed), objective());
    if (!chosen.engine().name().equals("dl4j") && !layout.masksOfLabelsAreByStep()) {
      throw new ConfigException(
          "engine", "must be DL4J for labels with a mask of each number", choice);
    }
    return chosen;
  }

  private Objective objective() {
    List<Boolean> masked = layout.features().stream().map(slot -> !slot.mask().isEmpty()).toList();
    return new Objective(
        Clipping.NONE,
        Manner.FIT,
        choice,
        ClassWeights.NONE,
        Precision.FLOAT32,
        Attack.NONE,
        masked);
  }

  @Override
  public RecordDecoder decoder() {
    return segmentSteps == 0 ? layout.decoder() : layout.decoder(segmentSteps);
  }

  /** Number of segments that each batch is cut into along time. */
  int segments() {
    return segmentSteps == 0 ? 1 : layout.segments(segmentSteps);
  }

  @Override
  public Augmenter augmenter(AugmentPlan augmentations) {
    return Augmenter.NONE;
  }

  @Override
  public Evaluator evaluator() {
    throw new IllegalStateException("A fit evaluates nothing");
  }
}
