package io.evenstep.worker.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * The minimum cost of an all-reduce between two ranks: its bytes over a plain socket, in both
 * directions at once, in two rounds, with one dedicated thread at each end.
 */
final class RawExchange {
  private RawExchange() {}

  /** Milliseconds of each step. In a step both ends send {@code bytes} at once, twice. */
  static BenchSamples run(int bytes, int steps) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress("127.0.0.1", 0));
      CompletableFuture<BenchSamples> other =
          CompletableFuture.supplyAsync(
              () -> {
                try (SocketChannel there = SocketChannel.open(server.getLocalAddress())) {
                  return exchange(there, bytes, steps);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      try (SocketChannel here = server.accept()) {
        BenchSamples samples = exchange(here, bytes, steps);
        other.join();
        return samples;
      }
    }
  }

  private static BenchSamples exchange(SocketChannel channel, int bytes, int steps)
      throws IOException {
    channel.configureBlocking(false);
    channel.socket().setTcpNoDelay(true);
    ByteBuffer out = ByteBuffer.allocateDirect(bytes);
    ByteBuffer in = ByteBuffer.allocateDirect(bytes);
    BenchSamples samples = new BenchSamples(steps);
    for (int step = -steps / 2; step < steps; step++) {
      long began = System.nanoTime();
      once(channel, out.clear(), in.clear());
      once(channel, out.clear(), in.clear());
      if (step >= 0) {
        samples.add((System.nanoTime() - began) / 1e6);
      }
    }
    return samples;
  }

  private static void once(SocketChannel channel, ByteBuffer out, ByteBuffer in)
      throws IOException {
    while (out.hasRemaining() || in.hasRemaining()) {
      int moved = out.hasRemaining() ? channel.write(out) : 0;
      int read = in.hasRemaining() ? channel.read(in) : 0;
      if (read < 0) {
        throw new IOException("The other end of the plain socket is gone");
      }
      if (moved + read == 0) {
        Thread.yield();
      }
    }
  }
}
