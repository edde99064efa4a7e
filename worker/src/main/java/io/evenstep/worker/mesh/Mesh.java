package io.evenstep.worker.mesh;

import io.evenstep.model.Reason;
import io.evenstep.worker.net.Connection;
import io.evenstep.worker.net.EventLoop;
import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameType;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.plan.Limits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every rank connected to every other, over Netty, on one network thread. */
final class Mesh implements Transport {
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final Duration SLOW = Duration.ofSeconds(5);
  private static final Duration GOODBYE_LIMIT = Duration.ofSeconds(1);

  private final Membership me;
  private final Limits limits;
  private final Consumer<PeerNotice> notices;
  private final EventLoop loop;
  private final LongAdder bytesSent = new LongAdder();
  private final List<Peer> peers; // by rank; this rank's entry is never connected
  private volatile @Nullable Loss loss;
  private volatile long step;

  /** A lost rank, and the rank that noticed it first. */
  private record Loss(int peer, String reason, int noticer) {}

  Mesh(Membership me, Limits limits, Consumer<PeerNotice> notices) {
    this.me = me;
    this.limits = limits;
    this.notices = notices;
    this.loop = new EventLoop("evenstep-comm-" + me.rank());
    this.peers = IntStream.range(0, me.worldSize()).mapToObj(r -> new Peer(r, this)).toList();
  }

  EventLoop loop() {
    return loop;
  }

  LongAdder sentCounter() {
    return bytesSent;
  }

  /** Starts to send heartbeats and to watch the peers'. */
  void watch() {
    List<Peer> others = peers.stream().filter(peer -> peer.rank() != me.rank()).toList();
    new Heartbeat(limits.silence(), this::lost, notices).start(others, loop);
  }

  Peer peer(int rank) {
    return peers.get(rank);
  }

  @Override
  public int rank() {
    return me.rank();
  }

  @Override
  public int worldSize() {
    return me.worldSize();
  }

  @Override
  public void at(long step) {
    this.step = step;
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public void send(int peer, FrameHeader header, ByteBuffer payload) {
    peers.get(peer).send(header, payload);
  }

  @Override
  public Receipt post(int peer, FrameHeader expected, ByteBuffer destination, Runnable action) {
    Peer.Posted entry = peers.get(peer).post(expected, destination, action);
    return new Awaited(peer, entry.done());
  }

  @Override
  public Receipt run(Consumer<CompletableFuture<Double>> work) {
    CompletableFuture<Double> promise = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            work.accept(promise);
          } catch (RuntimeException e) {
            promise.completeExceptionally(e);
          }
        });
    return new Awaited(rank(), promise);
  }

  @Override
  public void linger(List<Receipt> receipts) {
    CompletableFuture<?>[] all =
        receipts.stream()
            .map(receipt -> ((Awaited) receipt).done)
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(all).get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException
        | ExecutionException e) { // await() of each reports it and names the peer
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void flush() {
    for (Peer peer : peers) {
      new Awaited(peer.rank(), peer.lastWrite().thenApply(done -> 0.0)).await();
    }
  }

  @Override
  public long bytesSent() {
    return bytesSent.sum();
  }

  @Override
  public void close() {
    Loss known = loss;
    FrameHeader bye =
        known == null
            ? FrameHeader.of(FrameType.BYE, 0, 0, -1, 0, 0)
            : FrameHeader.of(FrameType.BYE, 0, 0, known.peer, 0, known.noticer);
    List<CompletableFuture<Connection>> open =
        peers.stream().map(Peer::connection).filter(Mesh::isOpen).toList();
    CompletableFuture.allOf(
            open.stream()
                .map(peer -> peer.join().send(bye, NOTHING).exceptionally(gone -> null))
                .toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, GOODBYE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    open.forEach(peer -> peer.join().channel().close());
    loop.close();
  }

  /** Called when this rank notices that another is lost. */
  void lost(int peer, String reason) {
    lost(peer, reason, me.rank());
  }

  /** Keeps the first lost rank, and wakes everyone who waits for a peer. */
  void lost(int peer, String reason, int noticer) {
    synchronized (this) {
      if (loss != null) {
        return;
      }
      loss = new Loss(peer, reason, noticer);
    }
    peers.forEach(each -> each.depart(reason));
  }

  /** What ended a wait. */
  static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    return Reason.of(cause == null ? e : cause);
  }

  private static boolean isOpen(CompletableFuture<Connection> connection) {
    return connection.isDone() && !connection.isCompletedExceptionally();
  }

  /** A wait with a limit. If it fails, it names the lost peer. */
  private final class Awaited implements Receipt {
    private final int peer;
    private final CompletableFuture<Double> done;

    Awaited(int peer, CompletableFuture<Double> done) {
      this.peer = peer;
      this.done = done;
    }

    @Override
    public boolean arrived() {
      return done.isDone();
    }

    @Override
    public double await() {
      try {
        return patiently();
      } catch (TimeoutException e) {
        lost(peer, "nothing came within " + limits.peer().toMillis() + " ms");
        throw named(e);
      } catch (ExecutionException e) {
        lost(peer, reason(e));
        throw named(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        lost(peer, "the wait for it was interrupted");
        throw named(e);
      }
    }

    /**
     * Waits for a peer that is alive. Reports it when that takes long, and again after each further
     * such time.
     */
    private double patiently() throws TimeoutException, ExecutionException, InterruptedException {
      long limit = limits.peer().toMillis();
      long waited = 0;
      while (true) {
        long next = Math.min(waited == 0 ? SLOW.toMillis() : waited, limit - waited);
        try {
          return done.get(next, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          waited += next;
          if (waited >= limit) {
            throw e;
          }
          String text = "slow: waited " + waited + " ms for it at step " + step;
          notices.accept(new PeerNotice(peer, text));
        }
      }
    }

    private RankLostException named(Throwable cause) {
      Loss first = loss;
      return first == null
          ? new RankLostException(me.rank(), step, peer, "it has left the run", cause)
          : new RankLostException(me.rank(), step, first.peer, first.reason, cause);
    }
  }
}
