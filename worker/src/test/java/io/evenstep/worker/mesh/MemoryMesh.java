package io.evenstep.worker.mesh;

import io.evenstep.worker.net.FrameHeader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Transports between many hosts of this JVM, without sockets. A thread of the receiving host
 * delivers its frames. A payload is read when it is delivered, not when it is sent, as the contract
 * of {@link Transport} allows.
 */
public final class MemoryMesh implements AutoCloseable {
  /** As on a socket: the header and its checksum. */
  private static final int HEADER_BYTES = 28;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Seat> seats;

  /** A mesh of this many hosts. */
  public MemoryMesh(int hosts) {
    seats = IntStream.range(0, hosts).mapToObj(host -> new Seat(host, hosts)).toList();
  }

  /** A host's transport. */
  public Transport seat(int host) {
    return seats.get(host);
  }

  @Override
  public void close() {
    seats.forEach(Seat::close);
  }

  private record Frame(FrameHeader header, ByteBuffer payload, CompletableFuture<Double> read) {}

  private record Posted(
      FrameHeader expected,
      ByteBuffer destination,
      Runnable action,
      CompletableFuture<Double> done) {}

  /** Frames of one sender that have not been delivered, or receives that wait for them. */
  private static final class Inbox {
    private final Deque<Frame> frames = new ArrayDeque<>(); // guarded by this
    private final Deque<Posted> posted = new ArrayDeque<>(); // guarded by this

    synchronized void arrive(Frame frame) {
      frames.add(frame);
    }

    synchronized void post(Posted receive) {
      posted.add(receive);
    }

    /** Delivers what can be delivered. Always called by the same thread. */
    void deliver() {
      while (true) {
        Frame frame;
        Posted receive;
        synchronized (this) {
          if (frames.isEmpty() || posted.isEmpty()) {
            return;
          }
          frame = frames.remove();
          receive = posted.remove();
        }
        deliver(frame, receive);
      }
    }

    private static void deliver(Frame frame, Posted receive) {
      try {
        if (!frame.header.answers(receive.expected)) {
          throw new IllegalStateException(
              "Invalid frame: expected " + receive.expected + ", got " + frame.header);
        }
        receive.destination.duplicate().put(frame.payload);
        frame.read.complete(0.0);
        receive.action.run();
        receive.done.complete(frame.header.value());
      } catch (RuntimeException e) {
        frame.read.completeExceptionally(e);
        receive.done.completeExceptionally(e);
      }
    }
  }

  private final class Seat implements Transport {
    private final int host;
    private final int hosts;
    private final ExecutorService delivery;
    private final List<Inbox> inboxes = new ArrayList<>(); // by sender
    private final List<CompletableFuture<Double>> unread = new ArrayList<>(); // guarded by itself
    private final LongAdder bytes = new LongAdder();
    private volatile long step;

    Seat(int host, int hosts) {
      this.host = host;
      this.hosts = hosts;
      this.delivery =
          Executors.newSingleThreadExecutor(work -> new Thread(work, "memory-mesh-" + host));
      IntStream.range(0, hosts).forEach(sender -> inboxes.add(new Inbox()));
    }

    @Override
    public int rank() {
      return host;
    }

    @Override
    public int worldSize() {
      return hosts;
    }

    @Override
    public void at(long globalStep) {
      step = globalStep;
    }

    @Override
    public long step() {
      return step;
    }

    @Override
    public void send(int peer, FrameHeader header, ByteBuffer payload) {
      bytes.add(HEADER_BYTES + payload.remaining());
      Frame frame = new Frame(header, payload.duplicate(), new CompletableFuture<>());
      synchronized (unread) {
        unread.add(frame.read);
      }
      Seat receiver = seats.get(peer);
      Inbox inbox = receiver.inboxes.get(host);
      inbox.arrive(frame);
      receiver.delivery.execute(inbox::deliver);
    }

    @Override
    public Receipt post(int peer, FrameHeader expected, ByteBuffer destination, Runnable action) {
      Posted receive = new Posted(expected, destination, action, new CompletableFuture<>());
      Inbox inbox = inboxes.get(peer);
      inbox.post(receive);
      delivery.execute(inbox::deliver);
      return new Awaited(receive.done);
    }

    @Override
    public Receipt run(Consumer<CompletableFuture<Double>> work) {
      CompletableFuture<Double> promise = new CompletableFuture<>();
      delivery.execute(
          () -> {
            try {
              work.accept(promise);
            } catch (RuntimeException e) {
              promise.completeExceptionally(e);
            }
          });
      return new Awaited(promise);
    }

    @Override
    public void linger(List<Receipt> receipts) {}

    @Override
    public void flush() {
      List<CompletableFuture<Double>> sent;
      synchronized (unread) {
        sent = List.copyOf(unread);
        unread.clear();
      }
      sent.forEach(each -> new Awaited(each).await());
    }

    @Override
    public long bytesSent() {
      return bytes.sum();
    }

    @Override
    public void close() {
      delivery.shutdownNow();
    }
  }

  private record Awaited(CompletableFuture<Double> done) implements Transport.Receipt {
    @Override
    public boolean arrived() {
      return done.isDone();
    }

    @Override
    public double await() {
      try {
        return done.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The wait was interrupted", e);
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException("Nothing came within " + LIMIT, e);
      }
    }
  }
}
