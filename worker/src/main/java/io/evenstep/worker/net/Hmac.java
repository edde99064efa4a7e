package io.evenstep.worker.net;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104), and HKDF (RFC 5869), which derives keys with it. */
final class Hmac {
  /** Bytes of a result, and of a key from {@link #expand}. */
  static final int BYTES = 32;

  private static final String NAME = "HmacSHA256";

  private Hmac() {}

  /** The HMAC over {@code parts}, concatenated. */
  static byte[] of(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(NAME);
      mac.init(new SecretKeySpec(key, NAME));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  /** HKDF-Extract: one key from secret input, with a salt that need not be secret. */
  static byte[] extract(byte[] salt, byte[]... secrets) {
    return of(salt, secrets);
  }

  /** HKDF-Expand, for one block: a key for the purpose {@code label}. */
  static byte[] expand(byte[] extracted, byte[] label) {
    return of(extracted, label, new byte[] {1});
  }
}
