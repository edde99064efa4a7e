package io.evenstep.model.engine;

import io.evenstep.model.network.trust.AllowedTypes;

/**
 * A saved network. The driver sends it to the workers, an engine opens it, and a run ends with one.
 */
public final class Artifact {
  private final byte[] zip;
  private final AllowedTypes allowed;

  /**
   * Wraps a zip.
   *
   * @param zip written by {@link Learner#save} or DL4J's {@code ModelSerializer}; not copied
   * @param allowed the classes its configuration may name
   */
  public Artifact(byte[] zip, AllowedTypes allowed) {
    this.zip = zip;
    this.allowed = allowed;
  }

  /** The zip's bytes; do not change them. */
  public byte[] zip() {
    return zip;
  }

  /** The classes its configuration may name. */
  public AllowedTypes allowed() {
    return allowed;
  }
}
