package io.evenstep.worker.mesh;

import io.evenstep.worker.net.FrameHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Frames between the ranks of one run. Used by one thread, or by work that it has given to {@link
 * #run} and waits for.
 *
 * <p>An implementation must deliver the frames of a pair of ranks in order, once, and undamaged, or
 * fail. It must write payloads directly to the memory posted for them. Every wait must have a
 * limit. After a peer is lost, every later call must fail with a {@link RankLostException} that
 * names that peer.
 */
public interface Transport extends AutoCloseable {
  /** This worker's rank. */
  int rank();

  /** How many ranks there are. */
  int worldSize();

  /** Sets the global step that errors name. */
  void at(long step);

  /** The global step that errors name. */
  long step();

  /**
   * Sends a frame to {@code peer} without waiting. The payload is not copied. It must not change
   * before {@link #flush()} returns, or before the peer is known to have received it.
   */
  void send(int peer, FrameHeader header, ByteBuffer payload);

  /**
   * Posts a receive for the next frame from {@code peer} that has none yet.
   *
   * @param expected that frame's header, except for its value
   * @param destination direct memory, {@code expected.length()} bytes; do not touch it until
   *     received
   * @param action runs when the frame has arrived, on the thread that delivers frames
   */
  Receipt post(int peer, FrameHeader expected, ByteBuffer destination, Runnable action);

  /** Posts a receive without an action. */
  default Receipt post(int peer, FrameHeader expected, ByteBuffer destination) {
    return post(peer, expected, destination, () -> {});
  }

  /**
   * Runs {@code work} on the thread that delivers frames, as soon as that is free. The work may
   * send.
   *
   * @param work receives the promise, which it must complete, then or later
   * @return the receipt of that promise
   */
  Receipt run(Consumer<CompletableFuture<Double>> work);

  /**
   * Waits until all of these have arrived, but only for a moment. It is one wait for all, because
   * waking a thread for each would take time from the threads that deliver. {@link Receipt#await}
   * then tells whether and why something has not arrived.
   */
  void linger(List<Receipt> receipts);

  /** Waits until all payloads sent so far have left their memory. */
  void flush();

  /** Bytes written to sockets since the beginning, including headers and handshakes. */
  long bytesSent();

  /** Says goodbye, ends all connections and joins all threads. */
  @Override
  void close();

  /** A pending frame. */
  interface Receipt {
    /** Whether the frame has arrived. */
    boolean arrived();

    /**
     * Waits for the frame.
     *
     * @return the value in its header
     * @throws RankLostException when the peer is lost, or the time limit is over
     */
    double await();
  }
}
