package io.evenstep.model.engine;

/**
 * A named part of a learner's state besides its parameters. Replicas, checkpoints and recovery
 * carry sections without knowing what is in them.
 *
 * @param name letters, digits and dashes; known to the learner
 * @param region live: writing to it changes the learner
 */
public record StateSection(String name, Region region) {
  /** The optimizer's state for each parameter, such as Adam's moments. */
  public static final String OPTIMIZER = "optimizer";
}
