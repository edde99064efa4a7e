package io.evenstep.worker.net;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What becomes of the frames of a connection. Called on the connection's event loop only. */
public interface FrameSink {
  /**
   * The other end has proved itself.
   *
   * @throws ProtocolException to refuse it all the same
   */
  void opened(Connection connection, int peer);

  /**
   * Where the payload of a frame goes, {@code header.length()} bytes; empty to stop reading until
   * {@link Connection#resume()}.
   *
   * @throws ProtocolException when such a frame is not wanted; the connection then ends
   */
  Optional<ByteBuffer> destination(FrameHeader header);

  /** A frame is in its destination, as it was sent. */
  void received(FrameHeader header);

  /** The connection has ended after {@link #opened}, or failed before; never called twice. */
  void closed(String reason);
}
