package io.evenstep.model.engine;

import io.evenstep.model.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** The engines there are, in the order in which they are asked: that of their service file. */
public final class Engines {
  /** The key of a job that says which. */
  public static final String KEY = "training.engine";

  private static final List<Engine> ALL = new ArrayList<>();

  static {
    // Spark's tasks may see another class loader as their thread's own.
    ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).forEach(ALL::add);
  }

  private Engines() {}

  /**
   * The engine that computes a network.
   *
   * @param engine the engine
   * @param objection what the engine before it has against the network, in words; empty where it
   *     was the first one asked
   */
  public record Chosen(Engine engine, Optional<String> objection) {}

  /**
   * Chooses by the network's configuration alone, so that every process chooses alike.
   *
   * @throws ConfigException when the artifact is no saved network, or the engine asked for does not
   *     take it
   */
  public static Chosen choose(Artifact artifact, Objective objective) {
    Optional<String> reason = Optional.empty();
    for (Engine engine : ALL) {
      if (!isAsked(engine, objective.engine())) {
        continue;
      }
      Optional<String> objection = engine.objection(artifact, objective);
      if (objection.isEmpty()) {
        return new Chosen(engine, reason);
      }
      reason = reason.or(() -> objection);
    }
    throw new ConfigException(
        KEY,
        "must be auto or dl4j for this network: " + reason.orElse("no engine of that name is here"),
        objective.engine().name().toLowerCase(Locale.ROOT));
  }

  /** Opens a network with the engine chosen for it; see {@link Engine#open}. */
  public static Learner open(Artifact artifact, Objective objective) {
    return choose(artifact, objective).engine().open(artifact, objective);
  }

  /** A network in inference mode, by the engine that would train it. */
  public static Scorer scorer(Artifact artifact, EngineChoice choice) {
    return choose(artifact, Objective.inference(choice)).engine().scorer(artifact);
  }

  private static boolean isAsked(Engine engine, EngineChoice choice) {
    return choice == EngineChoice.AUTO
        || choice.name().toLowerCase(Locale.ROOT).equals(engine.name());
  }
}
