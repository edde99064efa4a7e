package io.evenstep.driver.stage;

import io.evenstep.model.data.Encoding;
import io.evenstep.model.decision.DecisionPlan;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.evaluation.Judging;

/** Everything an executor needs in order to use a network. */
public final class ShippedModel {
  private final byte[] zip;
  private final Encoding encoding;
  private final Objective objective;
  private final Judging judging;
  private final AllowedTypes allowed;

  /**
   * Does not copy the array.
   *
   * @param zip the network as a DL4J zip
   * @param encoding of its inputs and labels
   * @param objective the objective and the engine
   * @param judging how rows are evaluated
   * @param allowed classes that its configuration may name
   */
  public ShippedModel(
      byte[] zip, Encoding encoding, Objective objective, Judging judging, AllowedTypes allowed) {
    this.zip = zip;
    this.encoding = encoding;
    this.objective = objective;
    this.judging = judging;
    this.allowed = allowed;
  }

  /** The same network with another encoding of rows. */
  public ShippedModel with(Encoding other) {
    return new ShippedModel(zip, other, objective, judging, allowed);
  }

  /** The network as a DL4J zip; not a copy. */
  public byte[] zip() {
    return zip;
  }

  /** The encoding of the network's inputs and labels. */
  public Encoding encoding() {
    return encoding;
  }

  /** The objective and the engine. */
  public Objective objective() {
    return objective;
  }

  /**
   * The engine that computes it.
   *
   * @throws io.evenstep.model.ConfigException when the requested engine does not support it
   */
  public Engines.Chosen engine() {
    return Engines.choose(new Artifact(zip, allowed), objective);
  }

  /**
   * What the ranks that train it make of it, and of their rows.
   *
   * @param plan what they learn from the validation rows afterwards
   */
  public RankParts parts(DecisionPlan plan) {
    return new EncodedParts(encoding.toJson(), objective, allowed, judging, plan);
  }

  /** How rows are evaluated. */
  public Judging judging() {
    return judging;
  }

  /** The classes that the network's configuration may name. */
  public AllowedTypes allowed() {
    return allowed;
  }
}
