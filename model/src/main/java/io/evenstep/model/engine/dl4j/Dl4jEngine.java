package io.evenstep.model.engine.dl4j;

import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.Engine;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Scorer;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.SequentialNetwork;
import java.util.Optional;

/** Computes with DL4J's layers and updaters. */
public final class Dl4jEngine implements Engine {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public Optional<String> objection(Artifact artifact, Objective objective) {
    return Optional.empty();
  }

  /** DL4J's graph frees the slopes of its inputs at once. */
  @Override
  public boolean attacks(Artifact artifact) {
    return Networks.look(artifact.zip(), artifact.allowed(), sequence -> true, graph -> false);
  }

  @Override
  public Learner open(Artifact artifact, Objective objective) {
    if (objective.manner() == Manner.FIT) {
      Network network =
          Networks.restoreForSegments(artifact.zip(), objective.clipping(), artifact.allowed());
      return new Dl4jLearner(network, objective);
    }
    Network network = Networks.restore(artifact.zip(), objective.clipping(), artifact.allowed());
    if (!objective.attack().isNone()) {
      ((SequentialNetwork) network).keepInputSlopes();
    }
    return new Dl4jLearner(network, objective);
  }

  @Override
  public Scorer scorer(Artifact artifact) {
    return new Dl4jScorer(Networks.restore(artifact.zip(), Clipping.NONE, artifact.allowed()));
  }
}
