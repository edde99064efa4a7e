package io.evenstep.worker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * Encrypted frames: the header as one sealed message, then the payload as sealed messages of up to
 * {@link #RECORD_BYTES}. A payload is opened piece by piece as it arrives, so that only one piece
 * is held besides its destination, however long it is.
 */
final class SealedCodec implements FrameCodec {
  /** Bytes of a piece before it is sealed; small enough for the second-level cache. */
  static final int RECORD_BYTES = 64 << 10;

  private final Seal sending;
  private final Seal receiving;
  private final ByteBuffer outgoingHead = ByteBuffer.allocateDirect(FrameHeader.BYTES);
  private final ByteBuffer head = ByteBuffer.allocateDirect(FrameHeader.BYTES + Seal.TAG_BYTES);
  private final ByteBuffer openHead = ByteBuffer.allocateDirect(FrameHeader.BYTES);
  private final ByteBuffer record = ByteBuffer.allocateDirect(RECORD_BYTES + Seal.TAG_BYTES);
  private ByteBuffer payload = ByteBuffer.allocateDirect(0);

  SealedCodec(Seal sending, Seal receiving) {
    this.sending = sending;
    this.receiving = receiving;
  }

  @Override
  public ByteBuf encode(FrameHeader frame, ByteBuffer payload, ByteBufAllocator memory) {
    int records = (payload.remaining() + RECORD_BYTES - 1) / RECORD_BYTES;
    int bytes = FrameHeader.BYTES + payload.remaining() + (1 + records) * Seal.TAG_BYTES;
    ByteBuf wire = memory.directBuffer(bytes, bytes);
    try {
      seal(frame, payload.duplicate(), wire.nioBuffer(0, bytes));
    } catch (RuntimeException e) {
      wire.release();
      throw e;
    }
    return wire.writerIndex(bytes);
  }

  private void seal(FrameHeader frame, ByteBuffer rest, ByteBuffer wire) {
    frame.write(outgoingHead.clear());
    sending.seal(outgoingHead.flip(), wire);
    int end = rest.limit();
    while (rest.position() < end) {
      rest.limit(Math.min(end, rest.position() + RECORD_BYTES));
      sending.seal(rest, wire);
    }
  }

  @Override
  public ByteBuffer headerRoom() {
    return head.clear();
  }

  @Override
  public FrameHeader header() {
    receiving.open(head.flip(), openHead.clear());
    return FrameHeader.read(openHead.flip());
  }

  @Override
  public void begin(ByteBuffer destination) {
    payload = destination.duplicate();
    nextRecord();
  }

  @Override
  public ByteBuffer payloadRoom() {
    return record;
  }

  @Override
  public void arrived(int bytes) {
    if (!record.hasRemaining()) {
      receiving.open(record.flip(), payload);
      nextRecord();
    }
  }

  @Override
  public void finish(FrameHeader frame) {} // each message was verified when it was opened

  private void nextRecord() {
    int bytes = Math.min(RECORD_BYTES, payload.remaining());
    record.clear().limit(bytes == 0 ? 0 : bytes + Seal.TAG_BYTES);
  }
}
