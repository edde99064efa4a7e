package io.evenstep.worker.progress;

import io.evenstep.model.Reason;
import io.evenstep.worker.net.Connection;
import io.evenstep.worker.net.EventLoop;
import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameSink;
import io.evenstep.worker.net.FrameType;
import io.evenstep.worker.net.Handshake;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.ProtocolException;
import io.evenstep.worker.net.Refusals;
import io.evenstep.worker.net.Secret;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a rank's progress events to the driver without ever waiting for it, and receives the
 * request to stop the run. When the driver cannot be reached or does not read, events are dropped;
 * this is logged once. The first events wait for the connection. Any thread may report.
 */
public final class ProgressClient implements ProgressListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProgressClient.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int MOST_WAITING = 64;
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final EventLoop loop = new EventLoop("evenstep-progress-client");
  private final CompletableFuture<Connection> connection = new CompletableFuture<>();
  private CompletableFuture<Void> early = connection.thenAccept(opened -> {}); // events that wait
  private int waiting;
  private volatile CompletableFuture<Void> lastWrite = CompletableFuture.completedFuture(null);
  private volatile boolean failed;

  private final StopSign stop;

  private ProgressClient(StopSign stop) {
    this.stop = stop;
  }

  /**
   * Starts to connect to the driver's {@link ProgressServer}; returns immediately.
   *
   * @param stop is told when the driver asks the run to stop
   */
  public static ProgressClient connect(
      String host, int port, String runId, Secret secret, StopSign stop) {
    ProgressClient client = new ProgressClient(stop);
    Membership run = new Membership(runId, secret, 0, 1);
    new Bootstrap()
        .group(client.loop.group())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) LIMIT.toMillis())
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                Handshake handshake = new Handshake(run, Handshake.Purpose.PROGRESS, true);
                Connection.install(
                    channel, handshake, client.new Voice(), new LongAdder(), new Refusals(), LIMIT);
              }
            })
        .connect(host, port)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                client.connection.completeExceptionally(done.cause());
              }
            });
    return client;
  }

  @Override
  public synchronized void report(ProgressEvent event) {
    if (early.isDone()) {
      send(event);
    } else if (waiting < MOST_WAITING) {
      waiting++;
      early = early.thenRun(() -> send(event));
    }
  }

  private void send(ProgressEvent event) {
    if (failed) {
      return;
    }
    try {
      Connection open = connection.join();
      if (!open.channel().isActive()) {
        throw new IllegalStateException("the connection has ended");
      }
      if (open.channel().isWritable()) {
        ByteBuffer payload = ProgressCodec.encode(event);
        FrameHeader header = FrameHeader.of(FrameType.PROGRESS, 0, 0, 0, payload.remaining(), 0);
        lastWrite = open.send(header, payload);
      }
    } catch (RuntimeException e) {
      failed = true;
      Throwable why = e.getCause() == null ? e : e.getCause();
      log.warn("Cannot report progress to the driver; training continues: {}", Reason.of(why));
    }
  }

  private synchronized CompletableFuture<Void> early() {
    return early;
  }

  /** Sends the last event, within a limit, and ends the connection. */
  @Override
  public void close() {
    early()
        .thenCompose(sent -> lastWrite)
        .exceptionally(lost -> null)
        .completeOnTimeout(null, LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    loop.close();
  }

  private final class Voice implements FrameSink {
    @Override
    public void opened(Connection opened, int peer) {
      connection.complete(opened);
    }

    @Override
    public Optional<ByteBuffer> destination(FrameHeader header) {
      if (header.type() != FrameType.STOP || header.length() != 0) {
        throw new ProtocolException(
            "Invalid frame: the driver may only send a stop request, got " + header);
      }
      return Optional.of(NOTHING.duplicate());
    }

    @Override
    public void received(FrameHeader header) {
      stop.ask();
    }

    @Override
    public void closed(String reason) {
      connection.completeExceptionally(new ProtocolException(reason)); // if it never opened
      log.debug("The progress connection ended: {}", reason);
    }
  }
}
