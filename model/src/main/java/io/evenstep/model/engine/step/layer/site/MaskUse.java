package io.evenstep.model.engine.step.layer.site;

/** What a layer does with the mask of its input steps. */
public enum MaskUse {
  /** Passes the mask on unchanged. */
  PASSES,
  /**
   * Passes it on, but later layers need not apply it: a recurrent layer has computed values for
   * masked steps.
   */
  RESTS,
  /** Applies the mask and removes the time dimension. */
  ENDS,
  /** DL4J does something that is not covered. */
  UNCOVERED
}
