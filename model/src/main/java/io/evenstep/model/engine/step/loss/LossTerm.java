package io.evenstep.model.engine.step.loss;

/** A part of the loss of a program's shard. */
public interface LossTerm {
  /** The sum over rows of the last forward pass. */
  double total();
}
