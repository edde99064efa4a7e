package com.acme.layers;

import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * A layer of a user's own. As a stranger's it could do anything in the places that leave traces.
 */
public final class Gadget extends ActivationLayer {
  private static final long serialVersionUID = 1L;

  static {
    Traces.SEEN.add("loaded");
  }

  /** For JSON. */
  public Gadget() {
    super(new ActivationTanH());
    Traces.SEEN.add("made");
  }

  private Object readResolve() {
    Traces.SEEN.add("deserialized");
    return this;
  }
}
