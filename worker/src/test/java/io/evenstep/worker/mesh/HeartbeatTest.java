package io.evenstep.worker.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.worker.net.FrameHeader;
import io.evenstep.worker.net.FrameType;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.plan.Limits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rank 1's network thread is blocked, as by a stopped process or a dead connection. */
class HeartbeatTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final FrameHeader WORD = FrameHeader.of(FrameType.SIZE, 0, 7, 0, 0, 1.5);

  private final BlockingQueue<PeerNotice> notices = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);

  @Test
  void namesAPeerThatIsSilentAndSaysWhenItIsBack() throws Exception {
    List<Future<Double>> ranks = start(LONG, LONG);
    PeerNotice first = notices.poll(30, TimeUnit.SECONDS);
    over.countDown();
    PeerNotice second = notices.poll(30, TimeUnit.SECONDS);
    mayGoOn.countDown();

    assertThat(first.peer()).isEqualTo(1);
    assertThat(first.text()).matches("silent for [34]\\.\\d s");
    assertThat(second.text()).startsWith("back, after ");
    assertThat(ranks.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(1.5);
  }

  @Test
  void losesAPeerThatStaysSilent() {
    List<Future<Double>> ranks = start(LONG, Duration.ofSeconds(4));
    assertThatThrownBy(() -> ranks.get(0).get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(RankLostException.class)
        .hasMessage("Rank 0 at step 7: lost peer 1: silent for 4.0 s");
    over.countDown();
    mayGoOn.countDown();
  }

  @Test
  void waitsForAPeerThatLivesButIsSlowAndSaysSo() throws Exception {
    List<Future<Double>> ranks =
        Ranks.start(
            2,
            (rank, rendezvous) -> {
              try (Transport mesh = join(rank, rendezvous, LONG, Duration.ofSeconds(4))) {
                if (rank == 1) {
                  assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
                }
                return exchange(mesh, 1 - rank);
              }
            });
    PeerNotice slow = notices.poll(30, TimeUnit.SECONDS);
    over.countDown();
    assertThat(slow).isEqualTo(new PeerNotice(1, "slow: waited 5000 ms for it at step 7"));
    assertThat(ranks.get(0).get(30, TimeUnit.SECONDS)).isEqualTo(1.5);
  }

  private List<Future<Double>> start(Duration slow, Duration silence) {
    return Ranks.start(
        2,
        (rank, rendezvous) -> {
          try (Mesh mesh = join(rank, rendezvous, slow, silence)) {
            if (rank == 1) {
              mesh.loop().execute(this::hold);
              assertThat(mayGoOn.await(60, TimeUnit.SECONDS)).isTrue();
            }
            return exchange(mesh, 1 - rank);
          }
        });
  }

  private Mesh join(int rank, Rendezvous rendezvous, Duration slow, Duration silence) {
    Membership me = new Membership("run", TestSecret.SECRET, rank, 2);
    Limits limits = new Limits(LONG, slow, silence, LONG, 1 << 14);
    return (Mesh) Meeting.join(me, rendezvous, limits, rank == 0 ? notices::add : notice -> {});
  }

  private static double exchange(Transport mesh, int peer) {
    ByteBuffer nothing = ByteBuffer.allocateDirect(0);
    mesh.at(7);
    mesh.send(peer, WORD, nothing);
    return mesh.post(peer, WORD, nothing).await();
  }

  private void hold() {
    try {
      assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
