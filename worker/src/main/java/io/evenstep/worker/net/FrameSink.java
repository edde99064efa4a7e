package io.evenstep.worker.net;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Receives the frames of a connection. Called on the connection's event loop only. */
public interface FrameSink {
  /**
   * The other end has proved that it knows the secret.
   *
   * @throws ProtocolException to refuse it nevertheless
   */
  void opened(Connection connection, int peer);

  /**
   * The destination of a frame's payload, {@code header.length()} bytes; empty to stop reading
   * until {@link Connection#resume()}.
   *
   * @throws ProtocolException when such a frame is not expected; the connection then ends
   */
  Optional<ByteBuffer> destination(FrameHeader header);

  /** A frame has arrived in its destination, undamaged. */
  void received(FrameHeader header);

  /** The connection has ended, or failed before {@link #opened}; called once. */
  void closed(String reason);
}
