package io.evenstep.model.engine;

import io.evenstep.model.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** All engines, in the order in which they are asked: the order of the service file. */
public final class Engines {
  /** The job's key that chooses the engine. */
  public static final String KEY = "training.engine";

  private static final List<Engine> ALL = new ArrayList<>();

  static {
    // In a Spark task the thread's class loader may be another one.
    ServiceLoader.load(Engine.class, Engines.class.getClassLoader()).forEach(ALL::add);
  }

  private Engines() {}

  /**
   * The engine that computes a network.
   *
   * @param engine the engine
   * @param objection why the previous engine cannot compute the network, in words; empty when the
   *     first one can
   */
  public record Chosen(Engine engine, Optional<String> objection) {}

  /**
   * Chooses by the network's configuration and the objective only, so that every process makes the
   * same choice.
   *
   * @throws ConfigException when the artifact is not a saved network, or the engine asked for
   *     cannot compute it
   */
  public static Chosen choose(Artifact artifact, Objective objective) {
    Optional<String> reason = Optional.empty();
    for (Engine engine : ALL) {
      if (!isAsked(engine, objective.engine())) {
        continue;
      }
      Optional<String> objection = engine.objection(artifact, objective);
      if (objection.isEmpty()) {
        requirePrecision(engine, objective, reason);
        if (!objective.attack().isNone() && !engine.attacks(artifact)) {
          throw new ConfigException(
              Attack.KEY,
              "must be 0 for a graph with the engine " + engine.name() + why(reason),
              objective.attack().epsilon());
        }
        return new Chosen(engine, reason);
      }
      reason = reason.or(() -> objection);
    }
    throw new ConfigException(
        KEY,
        "must be auto or dl4j for this network: "
            + reason.orElse("there is no engine of that name"),
        objective.engine().name().toLowerCase(Locale.ROOT));
  }

  private static void requirePrecision(
      Engine engine, Objective objective, Optional<String> reason) {
    Precision precision = objective.precision();
    if (precision.rounds() && !engine.rounds()) {
      throw new ConfigException(
          Precision.KEY,
          "must be float32 with the engine " + engine.name() + why(reason),
          precision.spelling());
    }
  }

  private static String why(Optional<String> reason) {
    return reason.map(why -> ", which computes this network because of " + why).orElse("");
  }

  /** Opens a network with its chosen engine; see {@link Engine#open}. */
  public static Learner open(Artifact artifact, Objective objective) {
    return choose(artifact, objective).engine().open(artifact, objective);
  }

  /** A network of whole sequences, or of none, in inference mode; see the other method. */
  public static Scorer scorer(Artifact artifact, EngineChoice choice) {
    return scorer(artifact, choice, List.of());
  }

  /**
   * A network in inference mode, in the engine that would train it.
   *
   * @param masked for each input, whether its sequences have a mask; empty for none
   */
  public static Scorer scorer(Artifact artifact, EngineChoice choice, List<Boolean> masked) {
    return choose(artifact, Objective.inference(choice, masked)).engine().scorer(artifact);
  }

  private static boolean isAsked(Engine engine, EngineChoice choice) {
    return choice == EngineChoice.AUTO
        || choice.name().toLowerCase(Locale.ROOT).equals(engine.name());
  }
}
