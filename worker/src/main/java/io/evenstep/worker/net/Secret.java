package io.evenstep.worker.net;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What the members of one run know and strangers do not, and whether they hide with it what they
 * say to each other. Never printed.
 */
public final class Secret implements Serializable {
  private static final long serialVersionUID = 2L;
  private static final int BYTES = 32;

  private final byte[] key;
  private final boolean encrypting;

  private Secret(byte[] key, boolean encrypting) {
    this.key = key;
    this.encrypting = encrypting;
  }

  /** A fresh one of 256 bits; members prove that they know it, then talk in clear. */
  public static Secret random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return new Secret(key, false);
  }

  /** The same secret, under which members talk encrypted. */
  public Secret encrypting() {
    return new Secret(key, true);
  }

  byte[] key() {
    return key.clone();
  }

  /** Whether it is the same key; encrypting or not. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(key, secret.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  boolean isEncrypting() {
    return encrypting;
  }

  /** Says nothing. */
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
