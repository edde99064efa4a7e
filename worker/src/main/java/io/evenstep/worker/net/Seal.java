package io.evenstep.worker.net;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over the messages of one direction of a connection. Each message uses the next number
 * as its nonce, so a message that is altered, missing, repeated or out of order does not open. One
 * end seals, the other opens. For one thread.
 */
final class Seal {
  /** Bytes that sealing adds to a message. */
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;

  private final SecretKey key;
  private final Cipher cipher;
  private long number; // of the next message

  /**
   * @param key {@link Hmac#BYTES} long, not used for anything else
   * @param first number of the first message, at least 0
   */
  Seal(byte[] key, long first) {
    this.key = new SecretKeySpec(key, "AES");
    this.number = first;
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES/GCM", e);
    }
  }

  /**
   * Seals the rest of {@code message} into {@code out}, which is {@link #TAG_BYTES} longer.
   *
   * @throws ProtocolException when all numbers are used up, because none may be used twice
   */
  void seal(ByteBuffer message, ByteBuffer out) {
    try {
      next(Cipher.ENCRYPT_MODE, message, out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot seal message " + number, e);
    }
  }

  /**
   * Opens the rest of {@code message} into {@code out}, which is {@link #TAG_BYTES} shorter.
   *
   * @throws ProtocolException when it is not the next message that the other end sealed; {@code
   *     out} is then invalid
   */
  void open(ByteBuffer message, ByteBuffer out) {
    try {
      next(Cipher.DECRYPT_MODE, message, out);
    } catch (AEADBadTagException e) {
      throw new ProtocolException(
          "Invalid frame: message " + number + " is altered, repeated or out of order");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot open message " + number, e);
    }
  }

  private void next(int mode, ByteBuffer message, ByteBuffer out) throws GeneralSecurityException {
    if (number < 0) {
      throw new ProtocolException("Cannot continue: this connection has used up its nonces");
    }
    byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putInt(0).putLong(number).array();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.doFinal(message, out);
    number++;
  }
}
