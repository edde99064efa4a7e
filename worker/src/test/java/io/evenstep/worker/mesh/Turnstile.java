package io.evenstep.worker.mesh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Stands in front of a rank's port: closes the first few connections and forwards the others. */
public final class Turnstile implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new ArrayList<>(); // guarded by itself
  private int left;
  private volatile int port;

  public Turnstile(int closed) throws IOException {
    left = closed;
  }

  /** A rendezvous that announces the turnstile's address as the rank's. */
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
        port = Ranks.port(message);
        start(Turnstile.this::serve);
        return real.allGather("127.0.0.1:" + listener.getLocalPort());
      }
    };
  }

  private void serve() throws IOException {
    while (true) {
      Socket from = keep(listener.accept());
      if (left-- > 0) {
        from.close();
      } else {
        Socket to = keep(new Socket(InetAddress.getLoopbackAddress(), port));
        start(() -> pump(from.getInputStream(), to.getOutputStream()));
        start(() -> pump(to.getInputStream(), from.getOutputStream()));
      }
    }
  }

  private static void pump(InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                Thread.currentThread().interrupt(); // the sockets were closed: the test is over
              }
            },
            "turnstile");
    thread.setDaemon(true);
    thread.start();
  }

  private Socket keep(Socket socket) {
    synchronized (sockets) {
      sockets.add(socket);
    }
    return socket;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    synchronized (sockets) {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
