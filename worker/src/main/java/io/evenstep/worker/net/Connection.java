package io.evenstep.worker.net;

import io.evenstep.model.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a handshake, then frames. It reads exactly what it expects next, directly to its
 * destination. So a peer cannot make it allocate memory or get ahead of it.
 */
public final class Connection extends ChannelInboundHandlerAdapter {
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
  private static final FrameHeader BEAT = FrameHeader.of(FrameType.BEAT, 0, 0, 0, 0, 0);

  private final SocketChannel channel;
  private final Handshake handshake;
  private final FrameSink sink;
  private final LongAdder bytesSent;
  private final Refusals refusals;
  private final ExactReads reads = new ExactReads();

  private @Nullable FrameHeader header; // of the frame whose payload is expected
  private boolean paused; // the sink has no destination for that payload
  private long heardNanos = System.nanoTime();
  private boolean open;
  private boolean
      failed; // at this end; a connection that the other end closed early may be made again
  private String reason = "the connection was closed";

  private Connection(
      SocketChannel channel,
      Handshake handshake,
      FrameSink sink,
      LongAdder bytesSent,
      Refusals refusals) {
    this.channel = channel;
    this.handshake = handshake;
    this.sink = sink;
    this.bytesSent = bytesSent;
    this.refusals = refusals;
  }

  /** Starts a connection on a new channel. The handshake must finish within the limit. */
  public static void install(
      SocketChannel channel,
      Handshake handshake,
      FrameSink sink,
      LongAdder bytesSent,
      Refusals refusals,
      Duration handshakeTimeout) {
    Connection connection = new Connection(channel, handshake, sink, bytesSent, refusals);
    channel.config().setTcpNoDelay(true).setRecvByteBufAllocator(connection.reads);
    connection.reads.into(handshake.expected());
    channel.pipeline().addLast(connection);
    ScheduledFuture<?> limit =
        channel
            .eventLoop()
            .schedule(
                connection::closeUnlessOpen, handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> limit.cancel(false)); // it holds the connection
  }

  /**
   * Sends a frame. {@code payload} is not copied: it must not change until the returned future is
   * done, when the socket has taken the last byte. For any thread, but only one at a time.
   */
  public CompletableFuture<Void> send(FrameHeader frame, ByteBuffer payload) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    if (channel.eventLoop().inEventLoop()) {
      write(frame, payload, written);
      return written;
    }
    try {
      channel.eventLoop().execute(() -> write(frame, payload, written));
    } catch (RejectedExecutionException e) { // the loop has ended, and the connection with it
      written.completeExceptionally(e);
    }
    return written;
  }

  /** Asks the sink again for a destination. To be called on the event loop, when there is one. */
  public void resume() {
    FrameHeader waiting = header;
    if (waiting == null || !paused) {
      return;
    }
    try {
      paused = false;
      hear();
      startPayload(waiting);
      if (!paused) {
        channel.config().setAutoRead(true);
      }
    } catch (ProtocolException e) {
      channel.pipeline().fireExceptionCaught(e);
    }
  }

  /** Sends a heartbeat, unless enough other data is on its way. */
  public void beat() {
    if (channel.isWritable()) {
      send(BEAT, NOTHING);
    }
  }

  /** How long nothing has arrived; 0 while this end does not read. On the event loop. */
  public long silentNanos(long nowNanos) {
    return paused ? 0 : nowNanos - heardNanos;
  }

  /** Counts the other end as alive at this moment. On the event loop. */
  public void hear() {
    heardNanos = System.nanoTime();
  }

  public Channel channel() {
    return channel;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ByteBuffer opening = handshake.opening();
    if (opening.hasRemaining()) {
      write(Unpooled.wrappedBuffer(opening), new CompletableFuture<>());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    int count = bytes.readableBytes();
    bytes.release();
    hear();
    boolean full = reads.advance(count);
    if (header != null) {
      handshake.codec().arrived(count);
    }
    if (full) {
      filled();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (open || failed) {
      sink.closed(reason);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed = true;
    reason = Reason.of(cause);
    if (!open) {
      refusals.add(channel.remoteAddress(), reason);
    }
    context.close();
  }

  private void filled() {
    FrameHeader current = header;
    if (!handshake.done()) {
      shake();
    } else if (current == null) {
      FrameHeader next = handshake.codec().header();
      header = next;
      startPayload(next);
    } else {
      readPayload(current);
    }
  }

  private void shake() {
    Optional<ByteBuffer> reply = handshake.received();
    reply.ifPresent(bytes -> write(Unpooled.wrappedBuffer(bytes), new CompletableFuture<>()));
    if (handshake.done()) {
      sink.opened(this, handshake.peer());
      open = true;
      expectHeader();
    } else {
      reads.into(handshake.expected());
    }
  }

  private void startPayload(FrameHeader next) {
    Optional<ByteBuffer> room = sink.destination(next);
    if (room.isEmpty()) {
      reads.nowhere();
      paused = true;
      channel.config().setAutoRead(false);
      return;
    }
    handshake.codec().begin(room.get());
    readPayload(next);
  }

  private void readPayload(FrameHeader frame) {
    ByteBuffer room = handshake.codec().payloadRoom();
    if (room.hasRemaining()) {
      reads.into(room);
      return;
    }
    handshake.codec().finish(frame);
    expectHeader();
    sink.received(frame);
  }

  private void expectHeader() {
    header = null;
    reads.into(handshake.codec().headerRoom());
  }

  private void closeUnlessOpen() {
    if (!handshake.done() && channel.isActive()) {
      reason = "no handshake in time";
      refusals.add(channel.remoteAddress(), reason);
      channel.close();
    }
  }

  /** Runs on the event loop, so that frames are sent in the order in which they were encoded. */
  private void write(FrameHeader frame, ByteBuffer payload, CompletableFuture<Void> written) {
    try {
      write(handshake.codec().encode(frame, payload, channel.alloc()), written);
    } catch (RuntimeException e) {
      written.completeExceptionally(e);
      channel.pipeline().fireExceptionCaught(e);
    }
  }

  private void write(ByteBuf message, CompletableFuture<Void> written) {
    int bytes = message.readableBytes();
    channel
        .writeAndFlush(message)
        .addListener(
            done -> {
              if (done.isSuccess()) {
                bytesSent.add(bytes);
                written.complete(null);
              } else {
                written.completeExceptionally(done.cause());
              }
            });
  }
}
