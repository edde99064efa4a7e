package io.evenstep.worker.progress;

import io.evenstep.worker.net.Connection;
import io.evenstep.worker.net.EventLoop;
import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameSink;
import io.evenstep.worker.net.FrameType;
import io.evenstep.worker.net.Handshake;
import io.evenstep.worker.net.Listening;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.PendingConnections;
import io.evenstep.worker.net.ProtocolException;
import io.evenstep.worker.net.Secret;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives progress events in the driver, from ranks that know the run's secret. It sends back at
 * most one thing, once: the request to stop the run.
 */
public final class ProgressServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProgressServer.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);
  private static final ByteBuffer NO_ROOM = ByteBuffer.allocateDirect(0);

  private final EventLoop loop = new EventLoop("evenstep-progress-server");
  private final Membership run;
  private final ProgressListener listener;
  private final Duration handshakeLimit;
  private final PendingConnections lobby = new PendingConnections();
  private final Channel channel;
  private final Set<Connection> ranks = new HashSet<>(); // belongs to the loop, like the next one
  private boolean stopAsked;

  private ProgressServer(
      String host, Membership run, ProgressListener listener, Duration handshakeLimit) {
    this.run = run;
    this.listener = listener;
    this.handshakeLimit = handshakeLimit;
    this.channel =
        Listening.at(
            host,
            new ServerBootstrap()
                .group(loop.group())
                .channel(NioServerSocketChannel.class)
                .childHandler(new Accepting()));
  }

  /** Listens for ranks of this machine only. */
  public static ProgressServer start(String runId, Secret secret, ProgressListener listener) {
    return start(LOOPBACK, runId, secret, listener);
  }

  /**
   * Listens on a free port; events reach {@code listener} on the server's own thread.
   *
   * @param host name or address of the interface that it listens on
   */
  public static ProgressServer start(
      String host, String runId, Secret secret, ProgressListener listener) {
    Membership run = new Membership(runId, secret, 0, 1);
    return new ProgressServer(host, run, listener, HANDSHAKE_LIMIT);
  }

  /** The same, with a limit on the time of a handshake. */
  public static ProgressServer start(
      Membership run, ProgressListener listener, Duration handshakeLimit) {
    return new ProgressServer(LOOPBACK, run, listener, handshakeLimit);
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /**
   * Asks every rank to stop, including those that connect later; returns immediately. Thread-safe.
   */
  public void askToStop() {
    loop.execute(
        () -> {
          stopAsked = true;
          ranks.forEach(ProgressServer::tellToStop);
        });
  }

  private static void tellToStop(Connection rank) {
    rank.send(FrameHeader.of(FrameType.STOP, 0, 0, 0, 0, 0), NO_ROOM.duplicate());
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loop.execute(lobby::close);
    loop.close();
  }

  private final class Accepting extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel accepted) {
      lobby.enter(accepted);
      Handshake handshake = new Handshake(run, Handshake.Purpose.PROGRESS, false);
      Connection.install(
          accepted, handshake, new Ear(), new LongAdder(), lobby.refusals(), handshakeLimit);
    }
  }

  /** Receives one connection's events, one after the other, in the same buffer. */
  private final class Ear implements FrameSink {
    private ByteBuffer room = NO_ROOM;

    @Override
    public void opened(Connection connection, int peer) {
      lobby.leave(connection.channel());
      ranks.add(connection);
      connection.channel().closeFuture().addListener(closed -> ranks.remove(connection));
      if (stopAsked) {
        tellToStop(connection);
      }
      room = ByteBuffer.allocateDirect(ProgressCodec.MAX_BYTES);
    }

    @Override
    public Optional<ByteBuffer> destination(FrameHeader header) {
      int length = header.length();
      if (header.type() != FrameType.PROGRESS || length < 0 || length > ProgressCodec.MAX_BYTES) {
        throw new ProtocolException("Invalid frame: expected a progress event, got " + header);
      }
      return Optional.of(room.clear().limit(length));
    }

    @Override
    public void received(FrameHeader header) {
      listener.report(ProgressCodec.decode(room));
    }

    @Override
    public void closed(String reason) {
      log.debug("A progress connection ended: {}", reason);
    }
  }
}
