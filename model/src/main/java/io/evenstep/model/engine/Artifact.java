package io.evenstep.model.engine;

import io.evenstep.model.network.trust.AllowedTypes;

/** A network at rest: what the driver ships, an engine opens and a run leaves behind. */
public final class Artifact {
  private final byte[] zip;
  private final AllowedTypes allowed;

  /**
   * A saved network.
   *
   * @param zip as {@link Learner#save} or DL4J's {@code ModelSerializer} wrote it; not copied
   * @param allowed the classes its configuration may name
   */
  public Artifact(byte[] zip, AllowedTypes allowed) {
    this.zip = zip;
    this.allowed = allowed;
  }

  /** The zip's bytes; not to be changed. */
  public byte[] zip() {
    return zip;
  }

  /** The classes its configuration may name. */
  public AllowedTypes allowed() {
    return allowed;
  }
}
