package io.evenstep.worker.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.AllReduce;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.mesh.Turnstile;
import io.evenstep.worker.plan.TestLimits;
import io.evenstep.worker.progress.ProgressServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Strangers who connect and send nothing. */
class PendingConnectionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final List<Socket> silent = new ArrayList<>();

  @AfterEach
  void leave() throws IOException {
    for (Socket socket : silent) {
      socket.close();
    }
  }

  @Test
  void sendsASilentOneAwayAfterTheLimit() throws Exception {
    Membership run = new Membership("run", TestSecret.SECRET, 0, 1);
    try (ProgressServer server = ProgressServer.start(run, event -> {}, SHORT)) {
      crowd(server.port(), 3);
      for (Socket socket : silent) {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void holdsNoMoreThanSoManyAtOnceAndTheLastOnesLongest() throws Exception {
    Membership run = new Membership("run", TestSecret.SECRET, 0, 1);
    try (ProgressServer server = ProgressServer.start(run, event -> {}, LIMIT)) {
      crowd(server.port(), PendingConnections.MOST + 40);
      for (Socket early : silent.subList(0, 40)) {
        assertThat(early.getInputStream().read()).isEqualTo(-1);
      }
      Socket last = silent.get(silent.size() - 1);
      last.setSoTimeout(1);
      assertThat(last.getInputStream()).satisfies(PendingConnectionsTest::isOpen);
    }
  }

  @Test
  void aMemberGetsInAlthoughTheLobbyIsFull() throws Exception {
    List<Double> sums =
        Ranks.run(
            2,
            (rank, rendezvous) -> {
              Membership me = new Membership("run", TestSecret.SECRET, rank, 2);
              Rendezvous crowded = rank == 0 ? rendezvous : crowding(rendezvous);
              try (Communicator world =
                  Communicator.join(me, crowded, TestLimits.all(LIMIT), notice -> {})) {
                AllReduce sum = world.allReduce(Region.allocate(1000), 2, new StepClock());
                sum.begin(0, 2);
                sum.listen();
                sum.add(1);
                return sum.finish().total();
              }
            });
    assertThat(sums).containsOnly(2.0);
    for (Socket socket : silent) {
      assertThat(socket.getInputStream().read()).as("once the ranks have met").isEqualTo(-1);
    }
  }

  /** The first three connections of rank 0 are lost, as if others had displaced them. */
  @Test
  void aMemberThatWasTurnedOutTriesAgain() throws Exception {
    List<Double> sums =
        Ranks.run(
            2,
            (rank, rendezvous) -> {
              Membership me = new Membership("run", TestSecret.SECRET, rank, 2);
              try (Turnstile turnstile = new Turnstile(3);
                  Communicator world =
                      Communicator.join(
                          me, turnstile.before(rendezvous), TestLimits.all(LIMIT), notice -> {})) {
                AllReduce sum = world.allReduce(Region.allocate(1000), 2, new StepClock());
                sum.begin(0, 2);
                sum.listen();
                sum.add(1);
                double total = sum.finish().total();
                world.allGather(new byte[0]);
                return total;
              }
            });
    assertThat(sums).containsOnly(2.0);
  }

  private Rendezvous crowding(Rendezvous real) {
    return new Rendezvous() {
      @Override
      public String host() {
        return real.host();
      }

      @Override
      public List<String> allGather(String message) {
        try {
          crowd(Ranks.port(message), 3 * PendingConnections.MOST);
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        return real.allGather(message);
      }
    };
  }

  private void crowd(int port, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout((int) LIMIT.toMillis());
      silent.add(socket);
    }
  }

  private static void isOpen(java.io.InputStream in) {
    try {
      assertThat(in.read()).isEqualTo(0);
    } catch (SocketTimeoutException open) {
      assertThat(open).hasMessageContaining("timed out");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
