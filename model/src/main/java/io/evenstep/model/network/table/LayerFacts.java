package io.evenstep.model.network.table;

import java.util.List;

/**
 * One layer or vertex of a network, for people.
 *
 * @param name as DL4J numbers or names it
 * @param type such as {@code DenseLayer}
 * @param from names of what it takes; the network's inputs among them
 * @param shape of what it gives for a row, such as {@code 32 x 24 x 24}; empty where it is not
 *     known before rows go through
 * @param parameters numbers it learns
 * @param activation such as {@code relu}; empty where it has none
 */
public record LayerFacts(
    String name, String type, List<String> from, String shape, long parameters, String activation) {
  /** Copies the list. */
  public LayerFacts {
    from = List.copyOf(from);
  }
}
