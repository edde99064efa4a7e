package io.evenstep.driver.data.spec;

import java.util.List;

/**
 * One of several outputs of the network.
 *
 * @param name of the output in the network and its metrics
 * @param labels its label columns; exactly one if a label is a class
 * @param task whether a label is a class or a number
 * @param classes the classes in order; empty for those of the training rows, sorted
 */
public record OutputSpec(
    String name, List<String> labels, DataSpec.Task task, List<String> classes) {
  /** Copies the lists. */
  public OutputSpec {
    labels = List.copyOf(labels);
    classes = List.copyOf(classes);
  }
}
