package io.evenstep.worker.mesh;

import io.evenstep.worker.net.FrameHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The transport of a run with one rank, which has no peers. */
final class SoloTransport implements Transport {
  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int worldSize() {
    return 1;
  }

  @Override
  public void at(long step) {}

  @Override
  public long step() {
    return 0;
  }

  @Override
  public void send(int peer, FrameHeader header, ByteBuffer payload) {
    throw new IllegalArgumentException("Invalid peer: there is one rank only, got " + peer);
  }

  @Override
  public Receipt post(int peer, FrameHeader expected, ByteBuffer destination, Runnable action) {
    throw new IllegalArgumentException("Invalid peer: there is one rank only, got " + peer);
  }

  @Override
  public Receipt run(Consumer<CompletableFuture<Double>> work) {
    CompletableFuture<Double> promise = new CompletableFuture<>();
    work.accept(promise);
    return new Receipt() {
      @Override
      public boolean arrived() {
        return promise.isDone();
      }

      @Override
      public double await() {
        return promise.join();
      }
    };
  }

  @Override
  public void linger(List<Receipt> receipts) {}

  @Override
  public void flush() {}

  @Override
  public long bytesSent() {
    return 0;
  }

  @Override
  public void close() {}
}
