package io.evenstep.driver.stage;

import io.evenstep.model.data.Encoding;
import io.evenstep.model.network.AllowedTypes;
import io.evenstep.model.network.Clipping;
import io.evenstep.worker.OutputEvaluator.Loss;

/** All that an executor must be sent to work with a network. */
public final class ShippedModel {
  private final byte[] zip;
  private final Encoding encoding;
  private final Clipping clipping;
  private final Loss loss;
  private final AllowedTypes allowed;

  /**
   * Takes the array as it is.
   *
   * @param zip the network as DL4J saves it
   * @param encoding of its inputs and labels
   * @param clipping limits on its gradient, which DL4J's configuration has no place for
   * @param loss which loss its evaluation reports
   * @param allowed the classes that its configuration may name
   */
  public ShippedModel(
      byte[] zip, Encoding encoding, Clipping clipping, Loss loss, AllowedTypes allowed) {
    this.zip = zip;
    this.encoding = encoding;
    this.clipping = clipping;
    this.loss = loss;
    this.allowed = allowed;
  }

  /** The same network, whose rows are encoded otherwise. */
  public ShippedModel with(Encoding other) {
    return new ShippedModel(zip, other, clipping, loss, allowed);
  }

  /** The network as DL4J saves it; the array itself. */
  public byte[] zip() {
    return zip;
  }

  /** Of the network's inputs and labels. */
  public Encoding encoding() {
    return encoding;
  }

  Clipping clipping() {
    return clipping;
  }

  Loss loss() {
    return loss;
  }

  /** The classes that the network's configuration may name. */
  public AllowedTypes allowed() {
    return allowed;
  }
}
