package io.evenstep.worker.comm;

import io.evenstep.worker.ProgressListener;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The driver's ear: takes progress events from whoever knows the run's secret. */
public final class ProgressServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProgressServer.class);
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

  private final EventLoop loop = new EventLoop("evenstep-progress-server");
  private final Membership run;
  private final ProgressListener listener;
  private final Channel channel;

  private ProgressServer(String runId, Secret secret, ProgressListener listener) {
    this.run = new Membership(runId, secret, 0, 1);
    this.listener = listener;
    this.channel =
        new ServerBootstrap()
            .group(loop.group())
            .channel(NioServerSocketChannel.class)
            .childHandler(new Accepting())
            .bind(0)
            .syncUninterruptibly()
            .channel();
  }

  /** Listens on a free port; events reach {@code listener} on the server's own thread. */
  public static ProgressServer start(String runId, Secret secret, ProgressListener listener) {
    return new ProgressServer(runId, secret, listener);
  }

  /** The port it listens on. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.close();
  }

  private final class Accepting extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel accepted) {
      Handshake handshake = new Handshake(run, Handshake.Purpose.PROGRESS, false);
      Connection.install(accepted, handshake, new Ear(), new LongAdder(), HANDSHAKE_LIMIT);
    }
  }

  /** One connection's events. */
  private final class Ear implements FrameSink {
    private ByteBuffer payload = ByteBuffer.allocateDirect(0);

    @Override
    public void opened(Connection connection, int peer) {}

    @Override
    public Optional<ByteBuffer> destination(FrameHeader header) {
      int length = header.length();
      if (header.type() != FrameType.PROGRESS || length < 0 || length > ProgressCodec.MAX_BYTES) {
        throw new ProtocolException("Invalid frame: expected a progress event, got " + header);
      }
      payload = ByteBuffer.allocateDirect(length);
      return Optional.of(payload);
    }

    @Override
    public void received(FrameHeader header) {
      listener.report(ProgressCodec.decode(payload));
    }

    @Override
    public void closed(String reason) {
      log.debug("A progress connection ended: {}", reason);
    }
  }
}
