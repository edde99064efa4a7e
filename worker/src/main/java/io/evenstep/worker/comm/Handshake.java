package io.evenstep.worker.comm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Both ends prove that they know the run's secret, without showing it: each sends a hello with a
 * fresh nonce, and an HMAC-SHA256 over both hellos under a label of its own side. The connecting
 * end speaks first; the accepting end proves itself first.
 */
final class Handshake {
  static final int HELLO_BYTES = 48;
  private static final int MAC_BYTES = 32;
  private static final int RUN_BYTES = 16;
  private static final int NONCE_BYTES = 16;
  private static final int MAGIC = 0x45565354; // EVST
  private static final short VERSION = 1;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What a connection is for; proofs for one purpose are no good for another. */
  enum Purpose {
    MESH,
    PROGRESS
  }

  private final Membership me;
  private final Purpose purpose;
  private final boolean connecting;
  private final byte[] hello;
  private byte[] theirHello = new byte[0];
  private ByteBuffer expected;
  private boolean done;
  private int peer = -1;

  Handshake(Membership me, Purpose purpose, boolean connecting) {
    this.me = me;
    this.purpose = purpose;
    this.connecting = connecting;
    this.hello = hello();
    this.expected = ByteBuffer.allocateDirect(HELLO_BYTES + (connecting ? MAC_BYTES : 0));
  }

  /** What this end sends at once; empty for the accepting end. */
  ByteBuffer opening() {
    return ByteBuffer.wrap(connecting ? hello : new byte[0]);
  }

  /** The message to be received next. */
  ByteBuffer expected() {
    return expected;
  }

  /** Whether both ends have proved themselves; the connecting end still has to send its reply. */
  boolean done() {
    return done;
  }

  /** The rank at the other end, once done. */
  int peer() {
    return peer;
  }

  /**
   * Takes the message that {@link #expected()} now holds.
   *
   * @return what to send
   * @throws ProtocolException when the other end is not of this run, or cannot prove it
   */
  Optional<ByteBuffer> received() {
    byte[] message = new byte[expected.flip().remaining()];
    expected.get(message);
    if (theirHello.length == 0) {
      theirHello = Arrays.copyOf(message, HELLO_BYTES);
      checkHello(ByteBuffer.wrap(theirHello));
      if (!connecting) {
        expected = ByteBuffer.allocateDirect(MAC_BYTES);
        byte[] proof = proof("accept", theirHello, hello);
        return Optional.of(ByteBuffer.allocate(80).put(hello).put(proof).flip());
      }
      requireProof(Arrays.copyOfRange(message, HELLO_BYTES, message.length), "accept");
      done = true;
      return Optional.of(ByteBuffer.wrap(proof("connect", hello, theirHello)));
    }
    requireProof(message, "connect");
    done = true;
    return Optional.empty();
  }

  private byte[] hello() {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return ByteBuffer.allocate(HELLO_BYTES)
        .putInt(MAGIC)
        .putShort(VERSION)
        .putShort((short) purpose.ordinal())
        .put(runKey())
        .putInt(me.rank())
        .putInt(me.worldSize())
        .put(nonce)
        .array();
  }

  private byte[] runKey() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(me.runId().getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(hash, RUN_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private void checkHello(ByteBuffer in) {
    require(in.getInt() == MAGIC, "magic");
    require(in.getShort() == VERSION, "protocol version");
    require(in.getShort() == purpose.ordinal(), "purpose");
    byte[] run = new byte[RUN_BYTES];
    in.get(run);
    require(Arrays.equals(run, runKey()), "run id");
    peer = in.getInt();
    require(peer >= 0 && in.getInt() == me.worldSize() && peer < me.worldSize(), "rank");
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(nonce);
    require(
        !Arrays.equals(nonce, 0, NONCE_BYTES, hello, HELLO_BYTES - NONCE_BYTES, HELLO_BYTES),
        "nonce");
  }

  private void requireProof(byte[] proof, String side) {
    byte[] good = connecting ? proof(side, hello, theirHello) : proof(side, theirHello, hello);
    require(MessageDigest.isEqual(good, proof), "proof of the run's secret");
  }

  private byte[] proof(String side, byte[] connectorHello, byte[] acceptorHello) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(me.secret().key(), "HmacSHA256"));
      mac.update(("evenstep " + side).getBytes(StandardCharsets.UTF_8));
      mac.update(connectorHello);
      mac.update(acceptorHello);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new ProtocolException("Invalid handshake: wrong " + what);
    }
  }
}
