package io.evenstep.worker.bench;

import io.evenstep.worker.mesh.Rendezvous;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How the processes of a benchmark meet: the others connect to a socket of the first process. */
final class SocketRendezvous implements Rendezvous {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final String host;
  private final int ranks;
  private final DataInputStream in;
  private final DataOutputStream out;

  private SocketRendezvous(String host, int ranks, Socket socket) throws IOException {
    this.host = host;
    this.ranks = ranks;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** A rank's connection to the meeting of this many ranks. */
  static Rendezvous join(String host, int rank, int ranks, InetSocketAddress meeting)
      throws IOException {
    Socket socket = new Socket();
    socket.connect(meeting, Math.toIntExact(LIMIT.toMillis()));
    socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
    SocketRendezvous joined = new SocketRendezvous(host, ranks, socket);
    joined.out.writeInt(rank);
    return joined;
  }

  /** Opens a meeting of this many ranks on a thread; it ends when a rank leaves. */
  static InetSocketAddress open(String host, int ranks) throws IOException {
    ServerSocket server = new ServerSocket(0, ranks, InetAddress.getByName(host));
    Thread thread = new Thread(() -> serve(server, ranks), "bench-meeting");
    thread.setDaemon(true);
    thread.start();
    return new InetSocketAddress(host, server.getLocalPort());
  }

  private static void serve(ServerSocket server, int ranks) {
    try (server) {
      List<SocketRendezvous> seats = new ArrayList<>();
      List<Integer> names = new ArrayList<>();
      for (int i = 0; i < ranks; i++) {
        SocketRendezvous seat = new SocketRendezvous("", ranks, server.accept());
        names.add(seat.in.readInt());
        seats.add(seat);
      }
      while (true) {
        List<String> messages = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
          messages.add(seats.get(names.indexOf(rank)).in.readUTF());
        }
        for (SocketRendezvous seat : seats) {
          for (String message : messages) {
            seat.out.writeUTF(message);
          }
        }
      }
    } catch (IOException e) {
      return; // a rank has left; the others notice by their own connections
    }
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public List<String> allGather(String message) {
    try {
      out.writeUTF(message);
      List<String> messages = new ArrayList<>();
      for (int rank = 0; rank < ranks; rank++) {
        messages.add(in.readUTF());
      }
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException("The meeting of the benchmark is over", e);
    }
  }
}
