package io.evenstep.worker.mesh;

import io.evenstep.worker.net.Connection;
import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameSink;
import io.evenstep.worker.net.FrameType;
import io.evenstep.worker.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One peer: its connection, and the receives posted for its frames. The worker's thread posts
 * receives to the queue, and the event loop completes them.
 */
final class Peer implements FrameSink {
  private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);

  /** A receive that was posted. */
  record Posted(
      FrameHeader expected,
      ByteBuffer destination,
      Runnable action,
      CompletableFuture<Double> done) {}

  private final int rank;
  private final Mesh mesh;
  private final Deque<Posted> posted = new ArrayDeque<>(); // guarded by this
  private final CompletableFuture<Connection> connection = new CompletableFuture<>();
  private CompletableFuture<Void> lastWrite = CompletableFuture.completedFuture(null);
  private @Nullable String departed; // guarded by this; why no more frames will arrive

  Peer(int rank, Mesh mesh) {
    this.rank = rank;
    this.mesh = mesh;
  }

  int rank() {
    return rank;
  }

  CompletableFuture<Connection> connection() {
    return connection;
  }

  void send(FrameHeader header, ByteBuffer payload) {
    lastWrite = connection.join().send(header, payload);
  }

  CompletableFuture<Void> lastWrite() {
    return lastWrite;
  }

  Posted post(FrameHeader expected, ByteBuffer destination, Runnable action) {
    Posted entry = new Posted(expected, destination, action, new CompletableFuture<>());
    boolean first;
    synchronized (this) {
      first = posted.isEmpty();
      posted.add(entry);
      if (departed != null) {
        entry.done.completeExceptionally(new ProtocolException(departed));
      }
    }
    if (first) {
      Connection open = connection.join();
      open.channel().eventLoop().execute(open::resume);
    }
    return entry;
  }

  /** Whether no more frames will arrive from it. */
  synchronized boolean hasDeparted() {
    return departed != null;
  }

  /** Called when no more frames will arrive from this peer: fails every wait for it. */
  synchronized void depart(String reason) {
    departed = departed == null ? reason : departed;
    posted.forEach(entry -> entry.done.completeExceptionally(new ProtocolException(reason)));
  }

  @Override
  public void opened(Connection opened, int peer) {
    if (peer != rank) {
      throw new ProtocolException("Invalid handshake: expected rank " + rank + ", got " + peer);
    }
    if (!connection.complete(opened)) {
      throw new ProtocolException("Invalid handshake: rank " + peer + " is connected already");
    }
  }

  @Override
  public Optional<ByteBuffer> destination(FrameHeader header) {
    if (isWord(header)) {
      return Optional.of(EMPTY);
    }
    Posted next;
    synchronized (this) {
      next = posted.peek();
    }
    if (next != null && !header.answers(next.expected)) {
      throw new ProtocolException("Invalid frame: expected " + next.expected + ", got " + header);
    }
    return Optional.ofNullable(next).map(Posted::destination);
  }

  @Override
  public void received(FrameHeader header) {
    if (isWord(header)) {
      if (header.type() == FrameType.BYE) {
        goodbye(header.chunk(), (int) header.value());
      }
      return;
    }
    Posted entry;
    synchronized (this) {
      entry = posted.remove();
    }
    entry.action.run();
    entry.done.complete(header.value());
  }

  @Override
  public void closed(String reason) {
    boolean expected;
    synchronized (this) {
      expected = departed != null;
    }
    depart(reason);
    connection.completeExceptionally(new ProtocolException(reason)); // if it never opened
    if (!expected) {
      mesh.lost(rank, reason);
    }
  }

  /** Frames without a posted receive. They have no payload. */
  private static boolean isWord(FrameHeader header) {
    boolean word = header.type() == FrameType.BYE || header.type() == FrameType.BEAT;
    return word && header.length() == 0;
  }

  /** Called when this peer has lost a rank, which {@code noticer} noticed first. */
  private void goodbye(int lostRank, int noticer) {
    if (lostRank == mesh.rank()) {
      boolean known = noticer >= 0 && noticer < mesh.worldSize() && noticer != lostRank;
      mesh.lost(known ? noticer : rank, "it has lost this rank, and left the run");
    } else if (lostRank >= 0) {
      mesh.lost(lostRank, "as rank " + rank + " says", noticer);
    }
    depart("it has left the run");
  }
}
