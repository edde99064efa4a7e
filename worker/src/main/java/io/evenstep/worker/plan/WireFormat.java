package io.evenstep.worker.plan;

/**
 * How sums of gradients are written on their way.
 *
 * @param seed of the run, for what is rounded at random
 */
public record WireFormat(Wire wire, long seed) {
  /** Nothing is rounded. */
  public static final WireFormat EXACT = new WireFormat(Wire.FLOAT32, 0);
}
