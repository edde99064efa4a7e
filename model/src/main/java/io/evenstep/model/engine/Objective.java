package io.evenstep.model.engine;

import io.evenstep.model.network.dl4j.Clipping;
import java.io.Serializable;
import java.util.List;

/**
 * What a network is trained for. The gradient is that of the losses of its outputs against labels.
 *
 * @param clipping limits on the mean gradient of a global batch
 * @param manner how losses and epochs are counted
 * @param engine which engine is to compute it
 * @param classWeights factors of the rows' losses by class
 * @param precision of the products of a training step
 * @param attack on the rows of a training step
 * @param masked for each input, whether a mask says which steps its sequences have; empty for none
 */
public record Objective(
    Clipping clipping,
    Manner manner,
    EngineChoice engine,
    ClassWeights classWeights,
    Precision precision,
    Attack attack,
    List<Boolean> masked)
    implements Serializable {
  /** Copies the list. */
  public Objective {
    masked = List.copyOf(masked);
  }

  /** Without class weights, an attack or masks, in float32. */
  public Objective(Clipping clipping, Manner manner, EngineChoice engine) {
    this(clipping, manner, engine, ClassWeights.NONE, Precision.FLOAT32, Attack.NONE, List.of());
  }

  /**
   * For scoring only.
   *
   * @param masked as above
   */
  public static Objective inference(EngineChoice engine, List<Boolean> masked) {
    return new Objective(
        Clipping.NONE,
        Manner.JOB,
        engine,
        ClassWeights.NONE,
        Precision.FLOAT32,
        Attack.NONE,
        masked);
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
