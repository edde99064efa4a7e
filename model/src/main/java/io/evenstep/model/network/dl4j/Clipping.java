package io.evenstep.model.network.dl4j;

import java.io.Serializable;

/**
 * Limits on the mean gradient of a global batch, applied before the optimizer sees it.
 *
 * @param value largest magnitude of one entry, above 0; 0 for no limit
 * @param norm largest L2 norm of the whole gradient, above 0; 0 for no limit
 */
public record Clipping(double value, double norm) implements Serializable {
  /** No limits. */
  public static final Clipping NONE = new Clipping(0, 0);
}
