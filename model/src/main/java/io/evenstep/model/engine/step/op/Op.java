package io.evenstep.model.engine.step.op;

/**
 * One operation of a program, over tensors it was made with. Operations run forward in the order in
 * which they were added, and backward in the opposite order.
 */
public interface Op {
  /** The parameters have changed: takes from them what it keeps in a layout of its own. */
  default void load() {}

  /** From the input's data to the output's. */
  void forward();

  /** From the output's slope to the input's slope and the gradient of its own parameters. */
  void backward();
}
