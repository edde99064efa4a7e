package io.evenstep.driver.stage;

import io.evenstep.model.data.Encoding;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;

/** All that an executor must be sent to work with a network. */
public final class ShippedModel {
  private final byte[] zip;
  private final Encoding encoding;
  private final Objective objective;
  private final Loss loss;
  private final AllowedTypes allowed;

  /**
   * Takes the array as it is.
   *
   * @param zip the network as DL4J saves it
   * @param encoding of its inputs and labels
   * @param objective what it is trained for, and by which engine
   * @param loss which loss its evaluation reports
   * @param allowed the classes that its configuration may name
   */
  public ShippedModel(
      byte[] zip, Encoding encoding, Objective objective, Loss loss, AllowedTypes allowed) {
    this.zip = zip;
    this.encoding = encoding;
    this.objective = objective;
    this.loss = loss;
    this.allowed = allowed;
  }

  /** The same network, whose rows are encoded otherwise. */
  public ShippedModel with(Encoding other) {
    return new ShippedModel(zip, other, objective, loss, allowed);
  }

  /** The network as DL4J saves it; the array itself. */
  public byte[] zip() {
    return zip;
  }

  /** Of the network's inputs and labels. */
  public Encoding encoding() {
    return encoding;
  }

  /** What it is trained for, and by which engine. */
  public Objective objective() {
    return objective;
  }

  /**
   * The engine that computes it.
   *
   * @throws io.evenstep.model.ConfigException when the one asked for does not take it
   */
  public Engines.Chosen engine() {
    return Engines.choose(new Artifact(zip, allowed), objective);
  }

  /** What the ranks that train it make of it, and of their rows. */
  public RankParts parts() {
    return new EncodedParts(encoding.toJson(), objective, allowed, loss);
  }

  public Loss loss() {
    return loss;
  }

  /** The classes that the network's configuration may name. */
  public AllowedTypes allowed() {
    return allowed;
  }
}
