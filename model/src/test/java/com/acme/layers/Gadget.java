package com.acme.layers;

import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** A custom layer. Each place where an unknown layer could run code leaves a trace. */
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
