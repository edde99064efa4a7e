package io.evenstep.worker.net;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret shared by the members of one run, and whether they encrypt their connections with it.
 * Never printed.
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

  /**
   * A new secret of 256 bits. Members prove that they know it; their connections are not encrypted.
   */
  public static Secret random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return of(key);
  }

  static Secret of(byte[] key) {
    return new Secret(key.clone(), false);
  }

  /** The same secret, with encrypted connections. */
  public Secret encrypting() {
    return new Secret(key, true);
  }

  byte[] key() {
    return key.clone();
  }

  /** Whether the key is the same, encrypting or not. */
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

  /** Does not reveal the secret. */
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
