package io.evenstep.model.engine.step.layer.site;

/** What a layer does with a mask of the steps that come in. */
public enum MaskUse {
  /** The layers behind it get the mask as it is. */
  PASSES,
  /** They get it, but need not heed it: a recurrent layer has made other steps of the masked. */
  RESTS,
  /** It takes no more steps than the mask has, and there are no steps behind it. */
  ENDS,
  /** DL4J does something that there are no operations for. */
  UNCOVERED
}
