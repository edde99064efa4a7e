package io.evenstep.model.engine;

import io.evenstep.model.network.dl4j.Clipping;
import java.io.Serializable;

/**
 * What a network is trained for: the gradient is that of the losses of its outputs against labels.
 *
 * @param clipping limits on the mean gradient of a global batch
 * @param manner what is counted and reported
 * @param engine which engine is to compute it
 * @param classWeights how much a row's loss counts by its class
 */
public record Objective(
    Clipping clipping, Manner manner, EngineChoice engine, ClassWeights classWeights)
    implements Serializable {
  /** The losses of all rows count alike. */
  public Objective(Clipping clipping, Manner manner, EngineChoice engine) {
    this(clipping, manner, engine, ClassWeights.NONE);
  }

  /** For scoring alone. */
  public static Objective inference(EngineChoice engine) {
    return new Objective(Clipping.NONE, Manner.JOB, engine);
  }

  /** Who asks for the training. */
  public enum Manner {
    /** A job: whole sequences; losses without penalty; epochs count from 0. */
    JOB,
    /**
     * DL4J's {@code fit}: truncated backpropagation through time where the network asks for it, of
     * segments that are given in order; losses with the L1 and L2 penalty; epochs count on from
     * those that the network has behind it.
     */
    FIT
  }
}
