package io.evenstep.worker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.AllReduce;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.plan.TestLimits;
import io.evenstep.worker.progress.ProgressCodec;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.ProgressServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a member of the run may send. Anything else ends its connection, without any allocation. */
class HostileFrameTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long ALLOWANCE = 1 << 20;
  private static final byte[] EVENT =
      Insider.frame(
          FrameType.PROGRESS,
          "{\"Resumed\":{\"step\":2,\"fromReplica\":true}}".getBytes(StandardCharsets.UTF_8));

  private final BlockingQueue<ProgressEvent> heard = new LinkedBlockingQueue<>();

  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of("negative length", Insider.ofLength(-1, EVENT)),
        Arguments.of("most negative length", Insider.ofLength(Integer.MIN_VALUE, EVENT)),
        Arguments.of("huge length", Insider.ofLength(Integer.MAX_VALUE, EVENT)),
        Arguments.of("a byte too long", Insider.ofLength(ProgressCodec.MAX_BYTES + 1, EVENT)),
        Arguments.of("shorter than it is", Insider.ofLength(3, EVENT)),
        Arguments.of("unknown type", Insider.ofType(99, EVENT)),
        Arguments.of("negative type", Insider.ofType(-1, EVENT)),
        Arguments.of("type of another conversation", Insider.ofType(0, EVENT)),
        Arguments.of("wrong checksum", Insider.wrong(EVENT)),
        Arguments.of("no frame", new byte[PlainCodec.HEADER_BYTES]),
        Arguments.of("no JSON", event("{\"Resumed\"")),
        Arguments.of("nothing", event("")),
        Arguments.of("null", event("null")),
        Arguments.of("empty object", event("{}")),
        Arguments.of("null event", event("{\"step\":null}")),
        Arguments.of("unknown event", event("{\"other\":{\"step\":2}}")),
        Arguments.of("deep JSON", event("[".repeat(60_000))));
  }

  private static byte[] event(String json) {
    return Insider.frame(FrameType.PROGRESS, json.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void theDriverHangsUpOnWhatIsNoEvent(String name, byte[] message) throws Exception {
    Membership run = new Membership("run", TestSecret.SECRET, 0, 1);
    try (ProgressServer server = ProgressServer.start("run", TestSecret.SECRET, heard::add);
        Insider insider = Insider.at(server.port(), run, Handshake.Purpose.PROGRESS)) {
      insider.say(EVENT);
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new ProgressEvent.Resumed(2, true));
      Usage before = Usage.settled();

      insider.say(message);
      insider.awaitHangUp();

      assertThat(Usage.settled().directBytes() - before.directBytes()).isLessThan(ALLOWANCE);
      assertThat(heard).isEmpty();
      try (Insider next = Insider.at(server.port(), run, Handshake.Purpose.PROGRESS)) {
        next.say(EVENT);
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new ProgressEvent.Resumed(2, true));
      }
    }
  }

  static Stream<Arguments> pieces() {
    byte[] piece = Insider.frame(FrameType.PIECE, new byte[8]);
    return Stream.of(
        Arguments.of("negative length", Insider.ofLength(-1, piece)),
        Arguments.of("huge length", Insider.ofLength(Integer.MAX_VALUE, piece)),
        Arguments.of("another length", piece),
        Arguments.of("unknown type", Insider.ofType(99, piece)),
        Arguments.of("type of another conversation", EVENT),
        Arguments.of("no frame", new byte[PlainCodec.HEADER_BYTES]),
        Arguments.of("a farewell with a payload", Insider.frame(FrameType.BYE, new byte[8])),
        Arguments.of(
            "wrong checksum", Insider.wrong(Insider.frame(FrameType.PIECE, new byte[4 * 500]))));
  }

  /** Rank 0 is the insider. Rank 1 waits for its part of a sum. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("pieces")
  void aRankGivesUpAPeerThatSaysWhatWasNotAwaited(String name, byte[] message) {
    CountDownLatch over = new CountDownLatch(1);
    List<Future<Double>> ranks =
        Ranks.start(
            2,
            (rank, rendezvous) -> {
              Membership me = new Membership("run", TestSecret.SECRET, rank, 2);
              if (rank == 0) {
                int port = Ranks.port(rendezvous.allGather("127.0.0.1:1").get(1));
                try (Insider insider = Insider.at(port, me, Handshake.Purpose.MESH)) {
                  insider.say(message);
                  insider.awaitHangUp();
                  assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
                }
                return 0.0;
              }
              try (Communicator world =
                  Communicator.join(me, rendezvous, TestLimits.all(LIMIT), notice -> {})) {
                AllReduce sum = world.allReduce(Region.allocate(1000), 2, new StepClock());
                sum.begin(0, 2);
                sum.listen();
                sum.add(1);
                return sum.finish().total();
              } finally {
                over.countDown();
              }
            });
    assertThatThrownBy(() -> ranks.get(1).get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(RankLostException.class)
        .hasMessageStartingWith("Rank 1 at step 0: lost peer 0: Invalid frame: ");
    assertThat(ranks.get(0)).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void theSecretIsNeededForThat() throws Exception {
    try (ProgressServer server = ProgressServer.start("run", Secret.random(), heard::add)) {
      Membership run = new Membership("run", TestSecret.SECRET, 0, 1);
      assertThatThrownBy(() -> Insider.at(server.port(), run, Handshake.Purpose.PROGRESS))
          .isInstanceOf(ProtocolException.class)
          .hasMessage("Invalid handshake: wrong proof of the run's secret");
    }
  }
}
