package io.evenstep.model.engine;

import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.network.Clipping;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The engines there are, in the order in which they are asked: that of their service file. */
public final class Engines {
  private static final List<Engine> ALL = new ArrayList<>();

  static {
    // Spark's tasks may see another class loader as their thread's own.
    ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).forEach(ALL::add);
  }

  private Engines() {}

  /** Opens a network with the first engine that can take it; see {@link Engine#open}. */
  public static Learner open(Artifact artifact, Objective objective) {
    return first(artifact, objective).open(artifact, objective);
  }

  /** A network in inference mode, by the first engine that can take it. */
  public static Scorer scorer(Artifact artifact) {
    return first(artifact, new Objective(Clipping.NONE, Manner.JOB)).scorer(artifact);
  }

  private static Engine first(Artifact artifact, Objective objective) {
    return ALL.stream()
        .filter(engine -> engine.objection(artifact, objective).isEmpty())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No engine takes the network, of " + ALL));
  }
}
