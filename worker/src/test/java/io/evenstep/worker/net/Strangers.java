package io.evenstep.worker.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Connects to a port of a run as strangers would: with random bytes, and with slightly changed
 * recordings of a valid handshake. A recording lacks the answer to the port's new nonce.
 */
public final class Strangers {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int HELLO = Handshake.HELLO_BYTES;
  private static final int PROOF = 32;
  private static final int VERSION_AT = 5;

  private final int port;
  private final Membership member;
  private final Handshake.Purpose purpose;
  private final Random random;

  /**
   * What a stranger sends.
   *
   * @param first bytes sent at once
   * @param second the answer to the 80 bytes that the port may send next
   */
  private record Knock(byte[] first, UnaryOperator<byte[]> second) {}

  private Strangers(int port, Membership member, Handshake.Purpose purpose, long seed) {
    this.port = port;
    this.member = member;
    this.purpose = purpose;
    this.random = new Random(seed);
  }

  /**
   * Strangers who connect to a worker while the ranks meet; {@code member} is the rank they claim
   * to be.
   */
  public static Strangers atMesh(int port, Membership member, long seed) {
    return new Strangers(port, member, Handshake.Purpose.MESH, seed);
  }

  /** Strangers who connect to the driver. */
  public static Strangers atDriver(int port, String runId, Secret secret, long seed) {
    Membership member = new Membership(runId, secret, 0, 1);
    return new Strangers(port, member, Handshake.Purpose.PROGRESS, seed);
  }

  /**
   * Connects this many times, one after the other, each until the port has closed the connection.
   *
   * @return how many were accepted, or not rejected within 20 s
   */
  public int knock(int times) throws IOException {
    int admitted = 0;
    for (int i = 0; i < times; i++) {
      if (!sentAway(nextKnock(i))) {
        admitted++;
      }
    }
    return admitted;
  }

  private boolean sentAway(Knock knock) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      say(knock.first, HELLO, socket);
      byte[] answer = socket.getInputStream().readNBytes(HELLO + PROOF);
      if (answer.length == HELLO + PROOF && knock.first.length < HELLO + PROOF) {
        say(knock.second.apply(answer), PROOF, socket);
      }
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException hungUp) { // reset, or a broken pipe
      return true;
    }
  }

  /** Closes the output if less was sent than the port waits for. */
  private static void say(byte[] message, int awaited, Socket socket) throws IOException {
    socket.getOutputStream().write(message);
    if (message.length < awaited) {
      socket.shutdownOutput();
    }
  }

  private Knock nextKnock(int i) throws IOException {
    Handshake good = new Handshake(member, purpose, true);
    byte[] hello = good.opening().array();
    return switch (i % 14) {
      case 0, 1, 2, 3 -> new Knock(bytes(random.nextInt(300)), answer -> bytes(PROOF));
      case 4 -> new Knock(join(Arrays.copyOf(hello, 4), bytes(200)), answer -> bytes(PROOF));
      case 5 -> new Knock(flipped(hello), answer -> bytes(PROOF));
      case 6 -> new Knock(hello, answer -> flipped(proof(good, answer)));
      case 7 ->
          new Knock(hello, answer -> Arrays.copyOf(proof(good, answer), random.nextInt(PROOF)));
      case 8 -> new Knock(Arrays.copyOf(hello, random.nextInt(HELLO)), answer -> bytes(PROOF));
      case 9 -> new Knock(recorded(), answer -> bytes(PROOF));
      case 10 -> new Knock(hello, answer -> Arrays.copyOfRange(answer, HELLO, HELLO + PROOF));
      case 11 -> reflected(hello);
      case 12 -> new Knock(otherVersion(hello), answer -> bytes(PROOF));
      default -> foreign(i / 14);
    };
  }

  /** A good handshake of another run, purpose, secret or number of workers. */
  private Knock foreign(int i) {
    int size = member.worldSize();
    Handshake.Purpose other =
        purpose == Handshake.Purpose.MESH ? Handshake.Purpose.PROGRESS : Handshake.Purpose.MESH;
    Handshake foreign =
        switch (i % 4) {
          case 0 ->
              new Handshake(
                  new Membership("other", member.secret(), member.rank(), size), purpose, true);
          case 1 -> new Handshake(member, other, true);
          case 2 ->
              new Handshake(
                  new Membership(member.runId(), Secret.random(), member.rank(), size),
                  purpose,
                  true);
          default ->
              new Handshake(
                  new Membership(member.runId(), member.secret(), member.rank(), size + 1),
                  purpose,
                  true);
        };
    return new Knock(foreign.opening().array(), answer -> proof(foreign, answer));
  }

  /** What the port has just sent to somebody else, sent back to it. */
  private Knock reflected(byte[] hello) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(hello);
      byte[] answer = socket.getInputStream().readNBytes(HELLO + PROOF);
      return new Knock(
          Arrays.copyOf(answer, HELLO), again -> Arrays.copyOfRange(answer, HELLO, HELLO + PROOF));
    }
  }

  /** Both messages of the connecting end of a good handshake, as somebody on the way saw them. */
  private byte[] recorded() {
    Handshake connecting = new Handshake(member, purpose, true);
    Handshake accepting = new Handshake(member, purpose, false);
    byte[] hello = connecting.opening().array();
    accepting.expected().put(hello);
    byte[] answer = bytesOf(accepting.received().orElseThrow());
    return join(hello, proof(connecting, answer));
  }

  /** The proof of a client that knows the secret; any bytes for one that does not. */
  private byte[] proof(Handshake connecting, byte[] answer) {
    connecting.expected().put(answer);
    try {
      return bytesOf(connecting.received().orElseThrow());
    } catch (ProtocolException otherSecret) {
      return bytes(PROOF);
    }
  }

  private static byte[] otherVersion(byte[] hello) {
    byte[] other = hello.clone();
    other[VERSION_AT]++;
    return other;
  }

  private byte[] flipped(byte[] message) {
    byte[] other = message.clone();
    other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
    return other;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[] one, byte[] two) {
    return ByteBuffer.allocate(one.length + two.length).put(one).put(two).array();
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
