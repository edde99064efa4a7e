package io.evenstep.model.engine;

import java.util.List;
import java.util.Optional;

/** A way to compute networks. Found by {@link java.util.ServiceLoader}. */
public interface Engine {
  /** Its name in jobs, logs and results. */
  String name();

  /** Why it cannot compute a network: the layer or setting, in words; empty when it can. */
  Optional<String> objection(Artifact artifact, Objective objective);

  /** Whether it can round the factors of products; see {@link Precision}. */
  default boolean rounds() {
    return false;
  }

  /** The layers of a network whose products are float32 in every precision, in words. */
  default List<String> unrounded(Artifact artifact) {
    return List.of();
  }

  /** Whether it can train a network on attacked rows; see {@link Attack}. */
  default boolean attacks(Artifact artifact) {
    return false;
  }

  /** Whether the ranks of a process can share a learner; see {@link Learner#isShareable}. */
  default boolean isShareable() {
    return false;
  }

  /**
   * A learner that starts from the artifact's parameters and state.
   *
   * @throws io.evenstep.model.ConfigException when the artifact is not a saved network, names a
   *     class that is not allowed, or holds a network that cannot be trained here
   */
  Learner open(Artifact artifact, Objective objective);

  /**
   * The artifact's network in inference mode.
   *
   * @throws io.evenstep.model.ConfigException as in {@link #open}
   */
  Scorer scorer(Artifact artifact);
}
