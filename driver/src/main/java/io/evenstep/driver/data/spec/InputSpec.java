package io.evenstep.driver.data.spec;

import java.util.List;

/**
 * One of several inputs of the network.
 *
 * @param name of the input in the network
 * @param features its columns, at least one
 * @param shape of one row as the network takes it; empty for what {@link DataSpec.Features#shape}
 *     says then
 */
public record InputSpec(String name, List<ColumnSpec> features, List<Long> shape) {
  /** Copies the lists. */
  public InputSpec {
    features = List.copyOf(features);
    shape = List.copyOf(shape);
  }
}
