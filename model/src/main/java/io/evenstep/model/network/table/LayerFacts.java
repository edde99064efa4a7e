package io.evenstep.model.network.table;

import java.util.List;

/**
 * One layer or vertex of a network, for people to read.
 *
 * @param name DL4J's number or name
 * @param type such as {@code DenseLayer}
 * @param from names of the layers and network inputs that it takes
 * @param shape of its output for one row, such as {@code 32 x 24 x 24}; empty when it is known only
 *     at run time
 * @param parameters how many parameters it has
 * @param activation such as {@code relu}; empty when it has none
 */
public record LayerFacts(
    String name, String type, List<String> from, String shape, long parameters, String activation) {
  /** Copies the list. */
  public LayerFacts {
    from = List.copyOf(from);
  }
}
