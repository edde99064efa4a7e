package io.evenstep.worker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a channel read directly into our memory and never past its end: the "allocated" buffer is a
 * view of {@link #target}. Belongs to the channel's event loop.
 */
final class ExactReads implements RecvByteBufAllocator {
  private static final ByteBuffer NOWHERE = ByteBuffer.allocateDirect(0);

  private ByteBuffer target = NOWHERE;

  /** Sets where the next bytes go: {@code target}, from its position to its limit. */
  void into(ByteBuffer target) {
    this.target = target;
  }

  /** Stops reading for now. */
  void nowhere() {
    target = NOWHERE;
  }

  /** Records that {@code bytes} were read; returns whether the target is full. */
  boolean advance(int bytes) {
    target.position(target.position() + bytes);
    return !target.hasRemaining();
  }

  @Override
  @SuppressWarnings("deprecation") // the interface still requires the old kind of handle
  public Handle newHandle() {
    return new ExactHandle();
  }

  private final class ExactHandle implements ExtendedHandle {
    private @Nullable ChannelConfig config;
    private int attempted;
    private int last;

    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
      return target.hasRemaining() ? Unpooled.wrappedBuffer(target).clear() : Unpooled.buffer(0, 0);
    }

    @Override
    public int guess() {
      return target.remaining();
    }

    @Override
    public void reset(ChannelConfig config) {
      this.config = config;
    }

    @Override
    public void incMessagesRead(int messages) {}

    @Override
    public void lastBytesRead(int bytes) {
      last = bytes;
    }

    @Override
    public int lastBytesRead() {
      return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
      return attempted;
    }

    @Override
    public boolean continueReading() {
      boolean wanted = config != null && config.isAutoRead() && target.hasRemaining();
      return wanted && last == attempted;
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
      return continueReading();
    }

    @Override
    public void readComplete() {}
  }
}
