package io.evenstep.worker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Unencrypted frames: the header, the CRC-32C of header and payload (4 bytes, big-endian), and the
 * payload, which is neither copied to be sent nor after it is read.
 */
final class PlainCodec implements FrameCodec {
  /** Bytes of a header on the wire. */
  static final int HEADER_BYTES = FrameHeader.BYTES + Integer.BYTES;

  private final ByteBuffer head = ByteBuffer.allocateDirect(HEADER_BYTES);
  private final CRC32C checksum = new CRC32C();
  private ByteBuffer payload = ByteBuffer.allocateDirect(0);

  @Override
  public ByteBuf encode(FrameHeader frame, ByteBuffer payload, ByteBufAllocator memory) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
    frame.write(bytes);
    CRC32C sum = new CRC32C();
    sum.update(bytes.duplicate().flip());
    sum.update(payload.duplicate());
    bytes.putInt((int) sum.getValue());
    ByteBuf front = memory.directBuffer(HEADER_BYTES).writeBytes(bytes.flip());
    return Unpooled.wrappedBuffer(front, Unpooled.wrappedBuffer(payload));
  }

  @Override
  public ByteBuffer headerRoom() {
    return head.clear();
  }

  @Override
  public FrameHeader header() {
    checksum.reset();
    checksum.update(head.duplicate().position(0).limit(FrameHeader.BYTES));
    return FrameHeader.read(head.duplicate().position(0));
  }

  @Override
  public void begin(ByteBuffer destination) {
    payload = destination.duplicate();
  }

  @Override
  public ByteBuffer payloadRoom() {
    return payload;
  }

  @Override
  public void arrived(int bytes) {
    ByteBuffer fresh = payload.duplicate();
    checksum.update(fresh.limit(payload.position()).position(payload.position() - bytes));
  }

  @Override
  public void finish(FrameHeader frame) {
    if ((int) checksum.getValue() != head.getInt(FrameHeader.BYTES)) {
      throw new ProtocolException("Invalid frame: wrong checksum of " + frame);
    }
  }
}
