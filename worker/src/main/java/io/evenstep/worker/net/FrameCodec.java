package io.evenstep.worker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * What the frames of one connection look like on the wire. Frames are read header first; bytes go
 * to the rooms that it names, which a reader fills to their limits. Belongs to the connection's
 * event loop.
 */
sealed interface FrameCodec permits PlainCodec, SealedCodec {
  /**
   * The wire bytes of a frame, to be sent in the order of these calls. They may refer to {@code
   * payload}, which stays as it is until they are sent.
   *
   * @throws ProtocolException when this connection can carry no more frames
   */
  ByteBuf encode(FrameHeader frame, ByteBuffer payload, ByteBufAllocator memory);

  /** Where the wire bytes of the next header go. */
  ByteBuffer headerRoom();

  /**
   * The header whose wire bytes have filled {@link #headerRoom}.
   *
   * @throws ProtocolException when they are no header, or not as the other end sent them
   */
  FrameHeader header();

  /**
   * Begins the payload of that frame.
   *
   * @param destination where it belongs, from its position to its limit
   */
  void begin(ByteBuffer destination);

  /** Where the next wire bytes of the payload go; nothing remains once it is whole. */
  ByteBuffer payloadRoom();

  /**
   * Takes note that {@code bytes} have come into {@link #payloadRoom}.
   *
   * @throws ProtocolException when they are not as the other end sent them
   */
  void arrived(int bytes);

  /**
   * Ends the frame, whose payload is whole.
   *
   * @throws ProtocolException when the frame is not as the other end sent it
   */
  void finish(FrameHeader frame);
}
