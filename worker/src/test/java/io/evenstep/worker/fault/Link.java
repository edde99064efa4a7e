package io.evenstep.worker.fault;

import io.evenstep.worker.fault.FrameFault.Way;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Stands between two ranks: a port to connect to instead of the real one, and two pumps. */
final class Link {
  private static final int RECEIVE_BYTES = 1 << 15; // small, so that a sender notices a freeze

  private final Firewall firewall;
  private final Way forth; // from the rank that connects
  private final Way back;
  private final InetSocketAddress target;
  private final ServerSocket listener = new ServerSocket();
  private final List<Socket> sockets = new ArrayList<>(); // guarded by this, as all below
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  /** Listens for rank {@code connector}, to connect it with {@code acceptor} on a local port. */
  Link(Firewall firewall, int connector, int acceptor, int port) throws IOException {
    this.firewall = firewall;
    this.forth = new Way(connector, acceptor);
    this.back = new Way(acceptor, connector);
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    listener.setReceiveBufferSize(RECEIVE_BYTES);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    start("accept", this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try (listener) {
      Socket connector = keep(listener.accept());
      Socket acceptor = keep(new Socket());
      acceptor.setReceiveBufferSize(RECEIVE_BYTES);
      acceptor.connect(target);
      MessageReader fromConnector = MessageReader.ofConnector(connector.getInputStream());
      MessageReader fromAcceptor = MessageReader.ofAcceptor(acceptor.getInputStream());
      start("pump", firewall.pump(forth, fromConnector, acceptor, this));
      start("pump", firewall.pump(back, fromAcceptor, connector, this));
    } catch (IOException expected) { // a rank has left already, or the firewall is closing
      close();
    }
  }

  private synchronized Socket keep(Socket socket) throws IOException {
    sockets.add(socket);
    if (closed) {
      socket.close();
    }
    socket.setTcpNoDelay(true);
    return socket;
  }

  private synchronized void start(String what, Runnable task) {
    Thread thread = new Thread(task, "firewall-" + what + "-" + forth);
    threads.add(thread);
    thread.start();
  }

  /** Resets both connections, as a restarted machine would. */
  synchronized void reset() {
    for (Socket socket : sockets) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException expected) { // it is closed already
      }
    }
    close();
  }

  /** Ends both connections. */
  synchronized void close() {
    closed = true;
    for (Socket socket : sockets) {
      closeQuietly(socket);
    }
    closeQuietly(listener);
  }

  /** Waits for both ranks to close; returns whether they did. */
  boolean ended(long millis) throws InterruptedException {
    closeQuietly(listener);
    long deadline = System.nanoTime() + millis * 1_000_000;
    boolean all = true;
    for (Thread thread : started()) {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
      all &= !thread.isAlive();
    }
    close();
    return all;
  }

  private synchronized List<Thread> started() {
    return List.copyOf(threads);
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception expected) { // it is closed already
    }
  }

  @Override
  public String toString() {
    return forth.toString();
  }
}
