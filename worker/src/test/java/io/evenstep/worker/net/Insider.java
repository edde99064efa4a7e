package io.evenstep.worker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/** An attacker who knows the secret and then sends invalid frames. */
final class Insider implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int LENGTH_AT = 12;
  private static final int TYPE_AT = 2;
  private static final int CHECKSUM_AT = 24;

  private final Socket socket;

  private Insider(Socket socket) {
    this.socket = socket;
  }

  /** Connects and completes the handshake. */
  static Insider at(int port, Membership member, Handshake.Purpose purpose) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    Handshake handshake = new Handshake(member, purpose, true);
    socket.getOutputStream().write(handshake.opening().array());
    ByteBuffer expected = handshake.expected();
    expected.put(socket.getInputStream().readNBytes(expected.remaining()));
    ByteBuffer proof = handshake.received().orElseThrow();
    socket.getOutputStream().write(proof.array(), proof.position(), proof.remaining());
    return new Insider(socket);
  }

  /** A valid frame. */
  static byte[] frame(FrameType type, byte[] payload) {
    FrameHeader header = FrameHeader.of(type, 0, 0, 0, payload.length, 0);
    ByteBuf wire =
        new PlainCodec().encode(header, ByteBuffer.wrap(payload), UnpooledByteBufAllocator.DEFAULT);
    try {
      return ByteBufUtil.getBytes(wire);
    } finally {
      wire.release();
    }
  }

  /** The same with another length. */
  static byte[] ofLength(int length, byte[] frame) {
    return ByteBuffer.wrap(frame.clone()).putInt(LENGTH_AT, length).array();
  }

  /** The same of another type. */
  static byte[] ofType(int type, byte[] frame) {
    return ByteBuffer.wrap(frame.clone()).put(TYPE_AT, (byte) type).array();
  }

  /** The same with a wrong checksum. */
  static byte[] wrong(byte[] frame) {
    ByteBuffer bytes = ByteBuffer.wrap(frame.clone());
    return bytes.putInt(CHECKSUM_AT, ~bytes.getInt(CHECKSUM_AT)).array();
  }

  void say(byte[] message) throws IOException {
    socket.getOutputStream().write(message);
  }

  /** Waits until the other end has closed the connection; ignores whatever it still sends. */
  void awaitHangUp() throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      return; // it closed before it had read everything
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
