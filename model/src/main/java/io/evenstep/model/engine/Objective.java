package io.evenstep.model.engine;

import io.evenstep.model.network.dl4j.Clipping;
import java.io.Serializable;

/**
 * What a network is trained for. The gradient is that of the losses of its outputs against labels.
 *
 * @param clipping limits on the mean gradient of a global batch
 * @param manner how losses and epochs are counted
 * @param engine which engine is to compute it
 * @param classWeights factors of the rows' losses by class
 * @param precision of the products of a training step
 * @param attack on the rows of a training step
 */
public record Objective(
    Clipping clipping,
    Manner manner,
    EngineChoice engine,
    ClassWeights classWeights,
    Precision precision,
    Attack attack)
    implements Serializable {
  /** Without class weights or an attack, in float32. */
  public Objective(Clipping clipping, Manner manner, EngineChoice engine) {
    this(clipping, manner, engine, ClassWeights.NONE, Precision.FLOAT32, Attack.NONE);
  }

  /** For scoring only. */
  public static Objective inference(EngineChoice engine) {
    return new Objective(Clipping.NONE, Manner.JOB, engine);
  }

  /** Who asks for the training. */
  public enum Manner {
    /** A job: whole sequences; losses without penalty; epochs count from 0. */
    JOB,
    /**
     * DL4J's {@code fit}: truncated backpropagation through time if the network asks for it, over
     * segments given in order; losses include the L1 and L2 penalty; epochs count from those that
     * the network has had already.
     */
    FIT
  }
}
