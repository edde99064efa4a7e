package io.evenstep.model.engine.step.op;

/**
 * One operation of a program, over fixed tensors. Operations run forward in the order in which they
 * were added, and backward in the opposite order.
 */
public interface Op {
  /** Called when the parameters have changed: copies those that it keeps in another layout. */
  default void load() {}

  /** Computes the output's data from the input's. */
  void forward();

  /** Computes the input's slope and the gradient of its parameters from the output's slope. */
  void backward();
}
