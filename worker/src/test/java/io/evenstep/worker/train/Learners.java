package io.evenstep.worker.train;

import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Learner;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Creates learners as workers do. */
public final class Learners {
  private Learners() {}

  /** A learner of the DL4J engine that starts from {@code network}. */
  public static Learner of(Network network, Clipping clipping) {
    return of(network, clipping, EngineChoice.DL4J);
  }

  /** A learner that starts from {@code network}. */
  public static Learner of(Network network, Clipping clipping, EngineChoice engine) {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try {
      network.save(zip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Engines.open(
        new Artifact(zip.toByteArray(), AllowedTypes.BUILT_IN),
        new Objective(clipping, Objective.Manner.JOB, engine));
  }
}
