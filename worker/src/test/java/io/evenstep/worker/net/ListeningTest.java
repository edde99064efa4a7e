package io.evenstep.worker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.worker.mesh.Meeting;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.plan.TestLimits;
import io.evenstep.worker.progress.ProgressServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A port is open only at its intended address. */
class ListeningTest {
  @Test
  void driverHearsAtTheAddressItIsBoundToAndNowhereElse() throws IOException {
    try (ProgressServer server =
        ProgressServer.start("127.0.0.1", "run", TestSecret.SECRET, event -> {})) {
      connect("127.0.0.1", server.port());
      refused(server.port());
    }
  }

  @Test
  void ranksListenAtTheAddressTheyTellAndNowhereElse() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    Ranks.run(
        2,
        (rank, real) -> {
          Rendezvous watched =
              new Rendezvous() {
                @Override
                public String host() {
                  return "127.0.0.1";
                }

                @Override
                public List<String> allGather(String message) {
                  told.add(message);
                  refused(Integer.parseInt(message.substring(message.indexOf(':') + 1)));
                  return real.allGather(message);
                }
              };
          Membership me = new Membership("run", TestSecret.SECRET, rank, 2);
          Meeting.join(me, watched, TestLimits.all(java.time.Duration.ofSeconds(20)), notice -> {})
              .close();
          return rank;
        });
    assertThat(told).hasSize(2).allMatch(address -> address.startsWith("127.0.0.1:"));
  }

  @Test
  void aGatewaysAddressIsListenedForEverywhere() throws IOException {
    try (ProgressServer server =
        ProgressServer.start("192.0.2.1", "run", TestSecret.SECRET, event -> {})) {
      connect("127.0.0.1", server.port());
    }
  }

  private static void connect(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 5_000);
    }
  }

  /**
   * 127.0.0.2 belongs to the same machine, on Linux without any setup; so do all its interfaces.
   */
  private static void refused(int port) {
    assertThatThrownBy(() -> connect("127.0.0.2", port)).isInstanceOf(IOException.class);
    try {
      for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
        for (InetAddress address : card.inetAddresses().toList()) {
          if (!address.isLoopbackAddress()) {
            assertThatThrownBy(() -> connect(address.getHostAddress(), port))
                .as(address.toString())
                .isInstanceOf(IOException.class);
          }
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
