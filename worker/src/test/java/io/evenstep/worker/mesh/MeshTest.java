package io.evenstep.worker.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.AllReduce;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.plan.TestLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeshTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void givesEveryPartToEveryRank() throws Exception {
    List<List<Integer>> lengths =
        Ranks.run(
            4,
            (rank, rendezvous) -> {
              try (Communicator world = join(rank, 4, rendezvous, LIMIT)) {
                world.allGather(new byte[0]);
                return world.allGather(new byte[rank * 100_000]).stream()
                    .map(p -> p.length)
                    .toList();
              }
            });
    assertThat(lengths).containsOnly(List.of(0, 100_000, 200_000, 300_000));
  }

  @Test
  void namesThePeerThatLeftInTheMiddleOfAStep() {
    List<Future<Double>> ranks =
        Ranks.start(
            3,
            (rank, rendezvous) -> {
              Communicator world = join(rank, 3, rendezvous, LIMIT);
              Region vector = Region.allocate(100_000);
              AllReduce sum = world.allReduce(vector, 4, new StepClock());
              try (world) {
                reduce(sum, rank, 0);
                return rank == 2 ? 0.0 : reduce(sum, rank, 1);
              }
            });
    assertLost(ranks.get(0), 0, 1, 2);
    assertLost(ranks.get(1), 1, 1, 2);
  }

  @Test
  void namesThePeerThatIsSilentPastTheLimit() {
    CountDownLatch over = new CountDownLatch(2);
    List<Future<Double>> ranks =
        Ranks.start(
            3,
            (rank, rendezvous) -> {
              try (Communicator world = join(rank, 3, rendezvous, Duration.ofMillis(300))) {
                Region vector = Region.allocate(1000);
                AllReduce sum = world.allReduce(vector, 4, new StepClock());
                if (rank == 1) {
                  assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
                  return 0.0;
                }
                return reduce(sum, rank, 0);
              } finally {
                over.countDown();
              }
            });
    assertLost(ranks.get(0), 0, 0, 1);
    assertLost(ranks.get(2), 2, 0, 1);
  }

  @Test
  void namesTheRankThatDoesNotTurnUp() {
    List<Future<Integer>> ranks =
        Ranks.start(
            2,
            (rank, rendezvous) -> {
              if (rank == 1) {
                return rendezvous.allGather("127.0.0.1:1").size();
              }
              try (Communicator world =
                  join(member(rank, 2), rendezvous, Duration.ofMillis(500), LIMIT)) {
                return world.rank();
              }
            });
    assertThatThrownBy(() -> ranks.get(0).get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(IOException.class)
        .cause()
        .isInstanceOf(RankLostException.class)
        .hasMessageStartingWith("Rank 0 at step 0: lost peer 1: ");
  }

  @Test
  void refusesARankThatDoesNotKnowTheSecret() {
    List<Future<Integer>> ranks =
        Ranks.start(
            2,
            (rank, rendezvous) -> {
              Membership me =
                  new Membership("run", rank == 0 ? Secret.random() : TestSecret.SECRET, rank, 2);
              try (Communicator world = join(me, rendezvous, Duration.ofMillis(500), LIMIT)) {
                return world.rank();
              }
            });
    for (Future<Integer> rank : ranks) {
      assertThatThrownBy(() -> rank.get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(RankLostException.class);
    }
  }

  @Test
  void aSecretDoesNotShow() {
    assertThat(TestSecret.SECRET).hasToString("Secret[hidden]");
    assertThat(member(0, 1).toString()).contains("Secret[hidden]");
  }

  private static void assertLost(Future<Double> future, int rank, long step, int peer) {
    assertThatThrownBy(() -> future.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            RankLostException.class,
            lost -> {
              assertThat(lost.rank()).isEqualTo(rank);
              assertThat(lost.step()).isEqualTo(step);
              assertThat(lost.peer()).as(lost.getMessage()).isEqualTo(peer);
            });
  }

  private static double reduce(AllReduce sum, int rank, long step) {
    sum.begin(step, 4);
    sum.listen();
    for (int i = sum.shares().firstShard(rank); i < sum.shares().firstShard(rank + 1); i++) {
      sum.add(1);
    }
    return sum.finish().total();
  }

  private static Membership member(int rank, int workers) {
    return new Membership("run", TestSecret.SECRET, rank, workers);
  }

  private static Communicator join(
      int rank, int workers, Rendezvous rendezvous, Duration peerTimeout) {
    return join(member(rank, workers), rendezvous, LIMIT, peerTimeout);
  }

  private static Communicator join(
      Membership me, Rendezvous rendezvous, Duration connectTimeout, Duration peerTimeout) {
    return Communicator.join(
        me, rendezvous, TestLimits.of(connectTimeout, peerTimeout), notice -> {});
  }
}
