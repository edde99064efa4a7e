package io.evenstep.worker.net;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KeyAgreement;

/**
 * One end's half of an X25519 key agreement (RFC 7748). It is new for each connection and never
 * stored, so whoever learns the run's secret later cannot decrypt recorded traffic.
 */
final class KeyShare {
  /** Bytes of the public share. */
  static final int BYTES = 32;

  private static final String NAME = "X25519";
  private static final byte[] BEFORE = HexFormat.of().parseHex("302a300506032b656e032100"); // DER

  private final KeyPair pair;

  private KeyShare(KeyPair pair) {
    this.pair = pair;
  }

  /** A new share, from the system's source of randomness. */
  static KeyShare fresh() {
    try {
      return new KeyShare(KeyPairGenerator.getInstance(NAME).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot encrypt: this Java has no X25519", e);
    }
  }

  /** The public share for the other end, {@link #BYTES} long. */
  byte[] shown() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - BYTES, encoded.length);
  }

  /**
   * The agreed key, known only to both ends.
   *
   * @param theirs the other end's public share
   * @throws ProtocolException when that is not a valid share
   */
  byte[] agree(byte[] theirs) {
    byte[] encoded = Arrays.copyOf(BEFORE, BEFORE.length + BYTES);
    System.arraycopy(theirs, 0, encoded, BEFORE.length, BYTES);
    try {
      PublicKey key = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
      KeyAgreement agreement = KeyAgreement.getInstance(NAME);
      agreement.init(pair.getPrivate());
      agreement.doPhase(key, true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException e) {
      throw new ProtocolException("Invalid handshake: wrong key share: " + e.getMessage());
    }
  }
}
