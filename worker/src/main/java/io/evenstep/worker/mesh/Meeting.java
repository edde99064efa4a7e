package io.evenstep.worker.mesh;

import io.evenstep.worker.net.Connection;
import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameSink;
import io.evenstep.worker.net.Handshake;
import io.evenstep.worker.net.Listening;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.PendingConnections;
import io.evenstep.worker.net.ProtocolException;
import io.evenstep.worker.plan.Limits;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How the mesh is formed: every rank listens, tells the others where, connects to each higher rank,
 * and stops listening when all are connected. Until then strangers are refused one by one. A
 * connection that strangers have pushed out of the other's {@link PendingConnections} is made
 * again.
 */
public final class Meeting {
  private final Membership me;
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final Duration timeout;
  private final Mesh mesh;
  private final PendingConnections lobby = new PendingConnections();
  private volatile boolean over;

  private Meeting(Membership me, Mesh mesh, Duration timeout) {
    this.me = me;
    this.mesh = mesh;
    this.timeout = timeout;
  }

  /**
   * Connects to the other ranks.
   *
   * @param limits how long to wait: for connections, for a slow peer, and for a silent one
   * @param notices receives notices of slow or silent peers
   * @throws RankLostException when a rank does not connect in time
   */
  public static Transport join(
      Membership me, Rendezvous rendezvous, Limits limits, Consumer<PeerNotice> notices) {
    if (me.worldSize() == 1) {
      return new SoloTransport();
    }
    Mesh mesh = new Mesh(me, limits, notices);
    try {
      new Meeting(me, mesh, limits.connect()).meet(rendezvous);
      mesh.watch();
      return mesh;
    } catch (RuntimeException e) {
      mesh.close();
      throw e;
    }
  }

  private void meet(Rendezvous rendezvous) {
    Channel listener = listen(rendezvous.bindHost());
    try {
      int port = ((InetSocketAddress) listener.localAddress()).getPort();
      List<String> addresses = rendezvous.allGather(rendezvous.host() + ":" + port);
      for (int peer = me.rank() + 1; peer < me.worldSize(); peer++) {
        connect(peer, addresses.get(peer));
      }
      awaitAll();
    } finally {
      over = true;
      listener.close().syncUninterruptibly();
      mesh.loop().execute(lobby::close);
    }
  }

  private Channel listen(String host) {
    return Listening.at(
        host,
        new ServerBootstrap()
            .group(mesh.loop().group())
            .channel(NioServerSocketChannel.class)
            .childHandler(initializer(true, Doorman::new)));
  }

  private void connect(int peer, String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    ChannelFuture attempt =
        new Bootstrap()
            .group(mesh.loop().group())
            .channel(NioSocketChannel.class)
            .handler(initializer(false, () -> mesh.peer(peer)))
            .connect(host, port);
    attempt.addListener(
        done -> {
          if (done.isSuccess()) {
            attempt.channel().closeFuture().addListener(closed -> connectAgain(peer, address));
          } else {
            mesh.peer(peer).connection().completeExceptionally(done.cause());
          }
        });
  }

  /** Unless the two are connected, or the time is up. */
  private void connectAgain(int peer, String address) {
    if (!mesh.peer(peer).connection().isDone() && !over) {
      mesh.loop()
          .group()
          .schedule(() -> connect(peer, address), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private ChannelInitializer<SocketChannel> initializer(
      boolean accepting, Supplier<FrameSink> sinks) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        if (accepting) {
          lobby.enter(channel);
        }
        Handshake handshake = new Handshake(me, Handshake.Purpose.MESH, !accepting);
        Connection.install(
            channel, handshake, sinks.get(), mesh.sentCounter(), lobby.refusals(), timeout);
      }
    };
  }

  private void awaitAll() {
    long deadline = System.nanoTime() + timeout.toNanos();
    for (int peer = 0; peer < me.worldSize(); peer++) {
      if (peer != me.rank()) {
        await(peer, deadline - System.nanoTime());
      }
    }
  }

  private void await(int peer, long nanos) {
    try {
      mesh.peer(peer).connection().get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw lost(peer, "it did not connect within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw lost(peer, Mesh.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw lost(peer, "the wait for it was interrupted", e);
    }
  }

  private RankLostException lost(int peer, String reason, Exception cause) {
    mesh.lost(peer, reason);
    return new RankLostException(me.rank(), 0, peer, reason, cause);
  }

  /** Replaces the peer of an accepted connection until it has said which rank it is. */
  private final class Doorman implements FrameSink {
    private Optional<Peer> admitted = Optional.empty();

    @Override
    public void opened(Connection connection, int peer) {
      lobby.leave(connection.channel());
      if (peer >= me.rank()) {
        throw new ProtocolException("Invalid handshake: rank " + peer + " must not connect here");
      }
      mesh.peer(peer).opened(connection, peer);
      admitted = Optional.of(mesh.peer(peer));
    }

    @Override
    public Optional<ByteBuffer> destination(FrameHeader header) {
      return admitted.flatMap(peer -> peer.destination(header));
    }

    @Override
    public void received(FrameHeader header) {
      admitted.ifPresent(peer -> peer.received(header));
    }

    @Override
    public void closed(String reason) {
      admitted.ifPresent(peer -> peer.closed(reason));
    }
  }
}
