package io.evenstep.worker.comm;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/** What the members of one run know and strangers do not. Never printed. */
public final class Secret implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BYTES = 32;

  private final byte[] key;

  private Secret(byte[] key) {
    this.key = key;
  }

  /** A fresh one of 256 bits. */
  public static Secret random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return new Secret(key);
  }

  byte[] key() {
    return key.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(key, secret.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** Says nothing. */
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
