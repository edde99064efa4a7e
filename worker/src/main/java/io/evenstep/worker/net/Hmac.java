package io.evenstep.worker.net;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104), and the keys that HKDF (RFC 5869) draws with it. */
final class Hmac {
  /** Bytes of a result, and of a key that {@link #expand} gives. */
  static final int BYTES = 32;

  private static final String NAME = "HmacSHA256";

  private Hmac() {}

  /** Over {@code parts}, one behind the other. */
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

  /** HKDF's first half: one key from all that is secret, under a salt that need not be. */
  static byte[] extract(byte[] salt, byte[]... secrets) {
    return of(salt, secrets);
  }

  /** HKDF's second half, for one block: a key for the purpose that {@code label} names. */
  static byte[] expand(byte[] extracted, byte[] label) {
    return of(extracted, label, new byte[] {1});
  }
}
