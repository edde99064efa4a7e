package io.evenstep.worker.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Splits one direction of a connection into messages of the wire format: first the handshake
 * messages, which have fixed lengths, then frames, whose headers give their lengths.
 */
final class MessageReader {
  private static final List<Integer> CONNECTOR = List.of(64, 32); // hello, proof
  private static final List<Integer> ACCEPTOR = List.of(96); // hello and proof
  private static final int HEADER_BYTES = 28;
  private static final int LENGTH_OFFSET = 12;

  private final InputStream in;
  private final Deque<Integer> handshake;

  private MessageReader(InputStream in, List<Integer> handshake) {
    this.in = in;
    this.handshake = new ArrayDeque<>(handshake);
  }

  static MessageReader ofConnector(InputStream in) {
    return new MessageReader(in, CONNECTOR);
  }

  static MessageReader ofAcceptor(InputStream in) {
    return new MessageReader(in, ACCEPTOR);
  }

  /**
   * The next message. If the stream ends within it, the part that arrived; at the end of the
   * stream, no bytes.
   */
  byte[] next() throws IOException {
    if (!handshake.isEmpty()) {
      return in.readNBytes(handshake.remove());
    }
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length < HEADER_BYTES) {
      return header;
    }
    byte[] payload = in.readNBytes(ByteBuffer.wrap(header).getInt(LENGTH_OFFSET));
    return ByteBuffer.allocate(HEADER_BYTES + payload.length).put(header).put(payload).array();
  }
}
