package io.evenstep.worker.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A real TCP proxy as an attacker between two ranks, which records all traffic and may change it.
 * Rank 0 connects to it instead of rank 1.
 */
public final class Tap implements AutoCloseable {
  /** Changes a byte that passes; offsets count from the beginning of its direction. */
  public interface Change {
    byte[] of(boolean fromConnecting, long offset, byte value);
  }

  private final Change change;
  private final ServerSocket server;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream(); // guarded by itself
  private final Queue<IOException> endings = new ConcurrentLinkedQueue<>(); // of closed sockets
  private final List<Thread> threads = new ArrayList<>(); // guarded by itself
  private final List<Socket> sockets = new ArrayList<>(); // guarded by itself

  private Tap(Change change) {
    this.change = change;
    try {
      this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A tap that only listens. */
  public static Tap listening() {
    return new Tap((fromConnecting, offset, value) -> new byte[] {value});
  }

  /** A tap that changes bytes. */
  public static Tap changing(Change change) {
    return new Tap(change);
  }

  /** The rendezvous of rank 1, which announces the tap's address as its own. */
  public Rendezvous before(Rendezvous real) {
    return new Rendezvous() {
      @Override
      public String host() {
        return real.host();
      }

      @Override
      public List<String> allGather(String message) {
        if (!Ranks.isAddress(message)) {
          return real.allGather(message);
        }
        int port = Integer.parseInt(message.substring(message.indexOf(':') + 1));
        begin(() -> serve(port));
        return real.allGather("127.0.0.1:" + server.getLocalPort());
      }
    };
  }

  /** Whether {@code bytes} passed, in either direction. */
  public boolean saw(byte[] bytes) {
    synchronized (seen) {
      String all = seen.toString(StandardCharsets.ISO_8859_1);
      return all.contains(new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  public int bytesSeen() {
    synchronized (seen) {
      return seen.size();
    }
  }

  private void serve(int port) throws IOException {
    Socket near = opened(server.accept());
    Socket far = opened(new Socket(InetAddress.getLoopbackAddress(), port));
    begin(() -> copy(near, far, true));
    copy(far, near, false);
  }

  private Socket opened(Socket socket) {
    synchronized (sockets) {
      sockets.add(socket);
    }
    return socket;
  }

  private void copy(Socket from, Socket to, boolean fromConnecting) throws IOException {
    ByteArrayOutputStream own = new ByteArrayOutputStream();
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] some = new byte[1 << 16];
      long offset = 0;
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        for (int i = 0; i < read; i++) {
          changed.write(change.of(fromConnecting, offset + i, some[i]));
        }
        offset += read;
        own.write(some, 0, read);
        out.write(changed.toByteArray());
      }
    } finally {
      synchronized (seen) {
        own.writeTo(seen);
      }
    }
  }

  /** Work that may end at any time because one of its sockets is closed. */
  private interface Work {
    void run() throws IOException;
  }

  private void begin(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                endings.add(closed);
              }
            },
            "tap");
    synchronized (threads) {
      threads.add(thread);
    }
    thread.start();
  }

  /**
   * Closes the tap when both ranks are done. Only then does {@link #saw} know all bytes that
   * passed.
   */
  @Override
  public void close() throws IOException, InterruptedException {
    server.close();
    synchronized (sockets) {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
    List<Thread> all;
    synchronized (threads) {
      all = List.copyOf(threads);
    }
    for (Thread thread : all) {
      thread.join(10_000);
      assertThat(thread.isAlive()).as("%s after %s", thread.getName(), endings).isFalse();
    }
  }
}
