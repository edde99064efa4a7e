package io.evenstep.driver.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Receives metrics as Graphite does, one per line. One thread of ours reads. */
final class GraphiteServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Thread reader = new Thread(this::read, "graphite");
  private final StringBuilder lines = new StringBuilder(); // guarded by itself

  private GraphiteServer(ServerSocket socket) {
    this.socket = socket;
  }

  static GraphiteServer start() throws IOException {
    GraphiteServer server =
        new GraphiteServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    server.reader.start();
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  String lines() {
    synchronized (lines) {
      return lines.toString();
    }
  }

  private void read() {
    while (true) {
      try (Socket sender = socket.accept()) {
        String sent = new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        synchronized (lines) {
          lines.append(sent);
        }
      } catch (SocketException e) {
        return; // the socket is closed
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    socket.close();
    reader.join();
  }
}
