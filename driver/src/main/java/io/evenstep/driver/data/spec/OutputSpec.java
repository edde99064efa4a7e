package io.evenstep.driver.data.spec;

import java.util.List;

/**
 * One of several outputs of the network.
 *
 * @param name by which the network and its metrics know it
 * @param labels its label columns; one where a label is a class
 * @param task whether a label is a class or a number
 * @param classes the classes in order; empty to learn them, sorted, from the training rows
 */
public record OutputSpec(
    String name, List<String> labels, DataSpec.Task task, List<String> classes) {
  /** Copies the lists. */
  public OutputSpec {
    labels = List.copyOf(labels);
    classes = List.copyOf(classes);
  }
}
