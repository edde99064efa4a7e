package io.evenstep.model.layer;

import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;

/**
 * The output layer of a language model that uses the transpose of the token embedding as its
 * weights (Press and Wolf 2017). As a DL4J layer it has a copy of them; training keeps both equal,
 * see {@link io.evenstep.model.network.dl4j.Tie}.
 */
public final class TiedOutput extends RnnOutputLayer {
  private static final long serialVersionUID = 1;

  /** A layer without sizes and loss, which the network's builder sets. */
  public TiedOutput() {
    setHasBias(true);
  }
}
