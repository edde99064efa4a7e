package io.evenstep.worker.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** The least an all-reduce between two ranks could cost: its bytes over two plain sockets. */
final class RawExchange {
  private RawExchange() {}

  /** Milliseconds a step, when both ends send {@code bytes} at once, twice. */
  static double millisPerStep(int bytes, int steps) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress("127.0.0.1", 0));
      CompletableFuture<Double> other =
          CompletableFuture.supplyAsync(
              () -> {
                try (SocketChannel there = SocketChannel.open(server.getLocalAddress())) {
                  return exchange(there, bytes, steps);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      try (SocketChannel here = server.accept()) {
        return Math.max(exchange(here, bytes, steps), other.join());
      }
    }
  }

  private static double exchange(SocketChannel channel, int bytes, int steps) throws IOException {
    channel.configureBlocking(true);
    channel.socket().setTcpNoDelay(true);
    ByteBuffer out = ByteBuffer.allocateDirect(bytes);
    ByteBuffer in = ByteBuffer.allocateDirect(bytes);
    long began = 0;
    for (int step = -steps / 2; step < steps; step++) {
      began = step == 0 ? System.nanoTime() : began;
      once(channel, out, in);
      once(channel, out, in);
    }
    return (System.nanoTime() - began) / 1e6 / steps;
  }

  private static void once(SocketChannel channel, ByteBuffer out, ByteBuffer in)
      throws IOException {
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (out.clear(); out.hasRemaining(); ) {
                  channel.write(out);
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    for (in.clear(); in.hasRemaining(); ) {
      channel.read(in);
    }
    sent.join();
  }
}
