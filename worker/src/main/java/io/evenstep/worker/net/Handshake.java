package io.evenstep.worker.net;

import io.evenstep.model.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Both ends prove that they know the run's secret without revealing it. Each sends a hello with 32
 * random bytes, and an HMAC-SHA256 over both hellos with a label for its side. The connecting end
 * sends its hello first; the accepting end sends its proof first.
 *
 * <p>With an {@link Secret#encrypting} secret the random bytes are a {@link KeyShare}. HKDF derives
 * the keys of both directions from the secret and the agreed key, with the hellos as salt. The
 * hellos say whether the connection is encrypted, and the proofs cover them, so nobody in between
 * can downgrade the connection to plain frames.
 */
public final class Handshake {
  static final int HELLO_BYTES = 64;
  private static final int RUN_BYTES = 16;
  private static final int FRESH_BYTES = KeyShare.BYTES;
  private static final int MAGIC = 0x45565354; // EVST
  private static final short VERSION = 2;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What a connection is for. Proofs for one purpose are not valid for another. */
  public enum Purpose {
    MESH,
    PROGRESS
  }

  private final Membership me;
  private final Purpose purpose;
  private final boolean connecting;
  private final Optional<KeyShare> share; // when encrypting
  private final byte[] hello;
  private byte[] theirHello = new byte[0];
  private boolean theyEncrypt;
  private ByteBuffer expected;
  private Optional<FrameCodec> codec = Optional.empty();
  private int peer = -1;

  public Handshake(Membership me, Purpose purpose, boolean connecting) {
    this.me = me;
    this.purpose = purpose;
    this.connecting = connecting;
    this.share = me.secret().isEncrypting() ? Optional.of(KeyShare.fresh()) : Optional.empty();
    this.hello = hello();
    this.expected = ByteBuffer.allocateDirect(HELLO_BYTES + (connecting ? Hmac.BYTES : 0));
  }

  /** What this end sends first; empty for the accepting end. */
  ByteBuffer opening() {
    return ByteBuffer.wrap(connecting ? hello : new byte[0]);
  }

  /** The buffer for the next message to receive. */
  ByteBuffer expected() {
    return expected;
  }

  /**
   * Whether both ends have proved that they know the secret. The connecting end must still send its
   * reply.
   */
  boolean done() {
    return codec.isPresent();
  }

  /** The rank at the other end, once done. */
  int peer() {
    return peer;
  }

  /** The codec of this connection, once done. */
  FrameCodec codec() {
    return codec.orElseThrow();
  }

  /**
   * Processes the message in {@link #expected()}.
   *
   * @return what to send
   * @throws ProtocolException when the other end does not belong to this run, or cannot prove it
   */
  Optional<ByteBuffer> received() {
    byte[] message = new byte[expected.flip().remaining()];
    expected.get(message);
    if (theirHello.length == 0) {
      theirHello = Arrays.copyOf(message, HELLO_BYTES);
      checkHello(ByteBuffer.wrap(theirHello));
      if (!connecting) {
        expected = ByteBuffer.allocateDirect(Hmac.BYTES);
        ByteBuffer reply = ByteBuffer.allocate(HELLO_BYTES + Hmac.BYTES);
        return Optional.of(reply.put(hello).put(proof("accept")).flip());
      }
      trust(Arrays.copyOfRange(message, HELLO_BYTES, message.length), "accept");
      return Optional.of(ByteBuffer.wrap(proof("connect")));
    }
    trust(message, "connect");
    return Optional.empty();
  }

  private byte[] hello() {
    byte[] nonce = new byte[FRESH_BYTES];
    RANDOM.nextBytes(nonce);
    return ByteBuffer.allocate(HELLO_BYTES)
        .putInt(MAGIC)
        .putShort(VERSION)
        .put((byte) purpose.ordinal())
        .put((byte) (share.isPresent() ? 1 : 0))
        .put(runKey())
        .putInt(me.rank())
        .putInt(me.worldSize())
        .put(share.map(KeyShare::shown).orElse(nonce))
        .array();
  }

  private byte[] runKey() {
    byte[] hash = Sha256.digest().digest(me.runId().getBytes(StandardCharsets.UTF_8));
    return Arrays.copyOf(hash, RUN_BYTES);
  }

  private void checkHello(ByteBuffer in) {
    require(in.getInt() == MAGIC, "magic");
    require(in.getShort() == VERSION, "protocol version");
    require(in.get() == purpose.ordinal(), "purpose");
    theyEncrypt = in.get() == 1;
    byte[] run = new byte[RUN_BYTES];
    in.get(run);
    require(Arrays.equals(run, runKey()), "run id");
    peer = in.getInt();
    require(peer >= 0 && in.getInt() == me.worldSize() && peer < me.worldSize(), "rank");
    require(!Arrays.equals(fresh(theirHello), fresh(hello)), "nonce");
  }

  private static byte[] fresh(byte[] hello) {
    return Arrays.copyOfRange(hello, HELLO_BYTES - FRESH_BYTES, HELLO_BYTES);
  }

  /**
   * Checked only after the proof, so that only members of the run learn about, or cause, this
   * failure.
   */
  private void trust(byte[] proof, String side) {
    require(MessageDigest.isEqual(proof(side), proof), "proof of the run's secret");
    if (theyEncrypt != share.isPresent()) {
      throw new ProtocolException(
          "Invalid handshake: encryption is "
              + (theyEncrypt ? "off at this end and on" : "on at this end and off")
              + " at the other");
    }
    codec = Optional.of(share.<FrameCodec>map(this::sealed).orElseGet(PlainCodec::new));
  }

  private SealedCodec sealed(KeyShare mine) {
    byte[] agreed = mine.agree(fresh(theirHello));
    byte[] extracted = Hmac.extract(bothHellos(), me.secret().key(), agreed);
    Seal fromConnecting = new Seal(Hmac.expand(extracted, label("from connecting")), 0);
    Seal fromAccepting = new Seal(Hmac.expand(extracted, label("from accepting")), 0);
    return connecting
        ? new SealedCodec(fromConnecting, fromAccepting)
        : new SealedCodec(fromAccepting, fromConnecting);
  }

  private byte[] proof(String side) {
    return Hmac.of(me.secret().key(), label(side), bothHellos());
  }

  private static byte[] label(String what) {
    return ("evenstep " + what).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] bothHellos() {
    ByteBuffer both = ByteBuffer.allocate(2 * HELLO_BYTES);
    both.put(connecting ? hello : theirHello).put(connecting ? theirHello : hello);
    return both.array();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new ProtocolException("Invalid handshake: wrong " + what);
    }
  }
}
