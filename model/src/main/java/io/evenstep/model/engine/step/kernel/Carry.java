package io.evenstep.model.engine.step.kernel;

/**
 * State that a recurrent layer passes from one segment of its sequences to the next, in truncated
 * backpropagation through time.
 *
 * @param before the state in which the layer begins a segment, in the program's memory
 * @param after the state in which it ends, of the same size
 */
public record Carry(Tensor before, Tensor after) {}
