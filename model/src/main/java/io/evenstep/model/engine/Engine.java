package io.evenstep.model.engine;

import java.util.Optional;

/** A way to compute networks. Found by {@link java.util.ServiceLoader}. */
public interface Engine {
  /** What jobs, log and results call it. */
  String name();

  /** Why it cannot take a network: the layer or setting, in words; empty when it can. */
  Optional<String> objection(Artifact artifact, Objective objective);

  /** Whether the ranks of a process can share a learner; see {@link Learner#isShareable}. */
  default boolean isShareable() {
    return false;
  }

  /**
   * A learner that begins with the artifact's parameters and state.
   *
   * @throws io.evenstep.model.ConfigException when the artifact is no saved network, names a class
   *     that is not allowed, or holds a network that cannot be trained here
   */
  Learner open(Artifact artifact, Objective objective);

  /**
   * The artifact's network in inference mode.
   *
   * @throws io.evenstep.model.ConfigException as for {@link #open}
   */
  Scorer scorer(Artifact artifact);
}
