package io.evenstep.worker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.engine.Region;
import io.evenstep.worker.collective.AllReduce;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.mesh.Ranks;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.mesh.Tap;
import io.evenstep.worker.plan.TestLimits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two ranks, and an attacker in the network between them. */
class EncryptionTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Secret PLAIN = TestSecret.SECRET;
  private static final Secret ENCRYPTING = PLAIN.encrypting();
  private static final int HANDSHAKE = Handshake.HELLO_BYTES + Hmac.BYTES; // bytes each way
  private static final int FRAME = FrameHeader.BYTES + Seal.TAG_BYTES; // bytes, without payload
  private static final float GRADIENT = 1.7320508f;
  private static final int FLOATS = 100_000;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsCanBeSeenUnlessEncrypted(boolean encrypted) throws Exception {
    Secret secret = encrypted ? ENCRYPTING : PLAIN;
    Tap tap = Tap.listening();
    try (tap) {
      List<Float> sums =
          Ranks.run(
              2,
              (rank, rendezvous) -> {
                Rendezvous through = rank == 1 ? tap.before(rendezvous) : rendezvous;
                try (Communicator world = join(secret, rank, through)) {
                  return sumOfGradients(world);
                }
              });
      assertThat(sums).containsOnly(2 * GRADIENT);
    }
    assertThat(tap.bytesSeen()).isGreaterThan(2 * FLOATS * Float.BYTES);
    assertThat(tap.saw(bytesOfGradients())).isEqualTo(!encrypted);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "39, 0", "40, 1", "80, 2", "195, 2"})
  void aChangedByteEndsTheConnectionAndIsNamed(int at, int message) throws Exception {
    for (boolean fromZero : new boolean[] {true, false}) {
      Tap tap =
          Tap.changing(
              (fromConnecting, offset, value) -> {
                boolean here = fromConnecting == fromZero && offset == HANDSHAKE + at;
                return new byte[] {here ? (byte) (value ^ 4) : value};
              });
      try (tap) {
        List<Future<Integer>> ranks = gather(ENCRYPTING, ENCRYPTING, tap::before);
        assertRefused(ranks.get(fromZero ? 1 : 0), message);
      }
    }
  }

  @Test
  void aRepeatedFrameIsRefused() throws Exception {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    Tap tap =
        Tap.changing(
            (fromConnecting, offset, value) -> {
              if (!fromConnecting || offset < HANDSHAKE || offset >= HANDSHAKE + FRAME) {
                return new byte[] {value};
              }
              frame.write(value);
              byte[] whole = frame.toByteArray();
              return whole.length < FRAME
                  ? new byte[] {value}
                  : ByteBuffer.allocate(1 + FRAME).put(value).put(whole).array();
            });
    try (tap) {
      assertRefused(gather(ENCRYPTING, ENCRYPTING, tap::before).get(1), 1);
    }
  }

  @Test
  void aFrameThatIsLeftOutIsMissed() throws Exception {
    Tap tap =
        Tap.changing(
            (fromConnecting, offset, value) -> {
              long at = offset - HANDSHAKE;
              return fromConnecting && at >= 0 && at < FRAME ? new byte[0] : new byte[] {value};
            });
    try (tap) {
      assertRefused(gather(ENCRYPTING, ENCRYPTING, tap::before).get(1), 0);
    }
  }

  @Test
  void nobodyBetweenThemCanTalkThemOutOfIt() throws Exception {
    int flag = 7; // of a hello
    try (Tap tap =
        Tap.changing((fromConnecting, offset, value) -> new byte[] {offset == flag ? 0 : value})) {
      assertLost(
          gather(ENCRYPTING, ENCRYPTING, tap::before).get(0),
          "Invalid handshake: wrong proof of the run's secret");
    }
  }

  @Test
  void endsThatAreSetUpDifferentlyRefuseEachOther() {
    assertLost(
        gather(PLAIN, ENCRYPTING, meeting -> meeting).get(0),
        "Invalid handshake: encryption is off at this end and on at the other");
    assertLost(
        gather(ENCRYPTING, PLAIN, meeting -> meeting).get(0),
        "Invalid handshake: encryption is on at this end and off at the other");
  }

  /** Frames of a rank: the size, without payload, and 100 bytes. */
  private static List<Future<Integer>> gather(
      Secret ofZero, Secret ofOne, UnaryOperator<Rendezvous> between) {
    return Ranks.start(
        2,
        (rank, rendezvous) -> {
          Rendezvous through = rank == 1 ? between.apply(rendezvous) : rendezvous;
          try (Communicator world = join(rank == 0 ? ofZero : ofOne, rank, through)) {
            return world.allGather(new byte[100]).size();
          }
        });
  }

  private static Communicator join(Secret secret, int rank, Rendezvous rendezvous) {
    return Communicator.join(
        new Membership("run", secret, rank, 2), rendezvous, TestLimits.all(LIMIT), notice -> {});
  }

  private static float sumOfGradients(Communicator world) {
    Region vector = Region.allocate(FLOATS);
    AllReduce sum = world.allReduce(vector, 2, new StepClock());
    sum.begin(0, 2);
    sum.listen();
    sum.target().array().assign(GRADIENT);
    sum.add(1);
    sum.finish();
    return vector.array().getFloat(FLOATS - 1);
  }

  /** 64 bytes of them. */
  private static byte[] bytesOfGradients() {
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(GRADIENT);
    }
    return bytes.array();
  }

  private static void assertRefused(Future<?> rank, int message) {
    assertLost(rank, "Invalid frame: message " + message + " is altered, repeated or out of order");
  }

  private static void assertLost(Future<?> rank, String reason) {
    assertThatThrownBy(() -> rank.get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(RankLostException.class)
        .hasMessageEndingWith(reason);
  }
}
