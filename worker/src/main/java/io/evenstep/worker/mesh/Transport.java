package io.evenstep.worker.mesh;

import io.evenstep.worker.net.FrameHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Frames between the ranks of one run. Used by one thread, or by work that it has handed to {@link
 * #run} and waits for.
 *
 * <p>An implementation must deliver the frames of a pair of ranks in order, once, and undamaged, or
 * fail; it must put payloads straight into the memory posted for them; it must bound every wait;
 * and once a peer is lost it must fail every later call with a {@link RankLostException} that names
 * that peer.
 */
public interface Transport extends AutoCloseable {
  /** This worker's rank. */
  int rank();

  /** How many ranks there are. */
  int worldSize();

  /** From now on errors say that they happened at this global step. */
  void at(long step);

  /** The global step that errors name. */
  long step();

  /**
   * Sends a frame to {@code peer} without waiting. The payload is sent from where it lies: it must
   * not change before {@link #flush()} returns, or the peer is known to have received it.
   */
  void send(int peer, FrameHeader header, ByteBuffer payload);

  /**
   * Makes room for the next frame from {@code peer} that has no room yet.
   *
   * @param expected what that frame's header must say, but for its value
   * @param destination direct memory, {@code expected.length()} bytes, left alone until received
   * @param action runs when the frame has arrived, on the thread that delivers frames
   */
  Receipt post(int peer, FrameHeader expected, ByteBuffer destination, Runnable action);

  /** Makes room for a frame that is only waited for. */
  default Receipt post(int peer, FrameHeader expected, ByteBuffer destination) {
    return post(peer, expected, destination, () -> {});
  }

  /**
   * Runs {@code work} on the thread that delivers frames, as soon as that is free; it may send.
   *
   * @param work gets the promise that it must keep, then or later
   * @return of that promise
   */
  Receipt run(Consumer<CompletableFuture<Double>> work);

  /**
   * Waits until all of these have arrived, with one wait, but for no longer than a moment: a thread
   * that is woken for each of them in turn takes time from those that deliver. Whether and why
   * something has not arrived, {@link Receipt#await} says.
   */
  void linger(List<Receipt> receipts);

  /** Waits until all payloads sent so far have left their memory. */
  void flush();

  /** Bytes that went into sockets since the beginning, headers and handshakes included. */
  long bytesSent();

  /** Says goodbye, ends all connections and joins all threads. */
  @Override
  void close();

  /** The promise of one frame. */
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
