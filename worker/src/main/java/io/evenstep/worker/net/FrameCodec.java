package io.evenstep.worker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * The wire format of one connection's frames. A frame's header is read first. The codec says which
 * buffer the next bytes go to, and the reader fills it to its limit. Belongs to the connection's
 * event loop.
 */
sealed interface FrameCodec permits PlainCodec, SealedCodec {
  /**
   * The wire bytes of a frame, to be sent in the order of these calls. They may refer to {@code
   * payload}, which must not change until they are sent.
   *
   * @throws ProtocolException when this connection can carry no more frames
   */
  ByteBuf encode(FrameHeader frame, ByteBuffer payload, ByteBufAllocator memory);

  /** The buffer for the wire bytes of the next header. */
  ByteBuffer headerRoom();

  /**
   * The header whose wire bytes have filled {@link #headerRoom}.
   *
   * @throws ProtocolException when they are not a header, or were changed on the way
   */
  FrameHeader header();

  /**
   * Begins the payload of that frame.
   *
   * @param destination where it goes, from its position to its limit
   */
  void begin(ByteBuffer destination);

  /**
   * The buffer for the next wire bytes of the payload; nothing remains when the payload is
   * complete.
   */
  ByteBuffer payloadRoom();

  /**
   * Records that {@code bytes} have arrived in {@link #payloadRoom}.
   *
   * @throws ProtocolException when they were changed on the way
   */
  void arrived(int bytes);

  /**
   * Ends the frame, when its payload is complete.
   *
   * @throws ProtocolException when the frame was changed on the way
   */
  void finish(FrameHeader frame);
}
