package io.evenstep.worker.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.engine.Range;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.SyncPlan.Method;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShardEncoderTest {
  private static final int LENGTH = 5000; // more than a tile
  private static final int ROWS = 8;
  private static final double SPARSITY = 0.99;
  private static final double MOMENTUM = 0.9;
  private static final SparseParts ALL = SparseParts.of(LENGTH, List.of());

  private final Random random = new Random(1);
  private final Message message = new Message();

  /** Nothing is lost: what was sent and what is kept add up to all gradients. */
  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"THRESHOLD", "TOP_K"})
  void keepsWhatItDoesNotSend(Method method) {
    ShardEncoder encoder = new ShardEncoder(plan(method, 0), ALL, 4);
    Region memory = Region.allocate(ShardEncoder.memory(method, LENGTH));
    double[] added = new double[LENGTH];
    double[] sent = new double[LENGTH];
    for (int step = 0; step < 30; step++) {
      Region gradient = gradient(added);
      assertThat(encode(encoder, gradient, memory, step)).isTrue();
      addTo(sent, method, ALL);
    }
    for (int i = 0; i < LENGTH; i++) {
      assertThat(sent[i] + memory.bytes().asFloatBuffer().get(i)).isCloseTo(added[i], within(1e-4));
    }
  }

  @Test
  void sendsTheLargest() {
    ShardEncoder encoder = new ShardEncoder(plan(Method.TOP_K, 0), ALL, 4);
    Region memory = Region.allocate(LENGTH);
    double[] added = new double[LENGTH];
    double[] sent = new double[LENGTH];
    assertThat(encode(encoder, gradient(added), memory, 0)).isTrue();
    addTo(sent, Method.TOP_K, ALL);
    Set<Integer> largest =
        IntStream.range(0, LENGTH)
            .boxed()
            .sorted(Comparator.comparing(i -> -Math.abs(added[i])))
            .limit(LENGTH / 100)
            .collect(Collectors.toSet());
    for (int i = 0; i < LENGTH; i++) {
      if (largest.contains(i)) {
        assertThat(sent[i]).isCloseTo(added[i], within(Math.abs(added[i]) / 256));
      } else {
        assertThat(sent[i]).isZero();
      }
    }
  }

  /** Of entries that are equal, the first are sent. */
  @Test
  void sendsAsManyAsItShouldWhereManyAreEqual() {
    ShardEncoder encoder = new ShardEncoder(plan(Method.TOP_K, 0), ALL, 4);
    Region gradient = Region.allocate(LENGTH);
    IntStream.range(0, LENGTH).forEach(i -> put(gradient, i, i % 2 == 0 ? -1 : 1));
    double[] sent = new double[LENGTH];
    assertThat(encode(encoder, gradient, Region.allocate(LENGTH), 0)).isTrue();
    addTo(sent, Method.TOP_K, ALL);
    for (int i = 0; i < LENGTH; i++) {
      assertThat(sent[i]).isEqualTo(i >= LENGTH / 100 ? 0 : (i % 2 == 0 ? -1 : 1) / (double) ROWS);
    }
  }

  @Test
  void adaptsTheThresholdToTheSparsity() {
    for (double first : new double[] {1e-6, 10}) {
      SyncPlan.Sharing plan = new SyncPlan.Sharing(Method.THRESHOLD, SPARSITY, first, 0, 0, 0);
      ShardEncoder encoder = new ShardEncoder(plan, ALL, 4);
      Region memory = Region.allocate(ShardEncoder.memory(Method.THRESHOLD, LENGTH));
      int count = 0;
      for (int step = 0; step < 120; step++) {
        assertThat(encode(encoder, gradient(new double[LENGTH]), memory, step)).isTrue();
        count += step < 100 ? 0 : (int) Message.varint(bytes(message));
      }
      assertThat(count / 20.0).isBetween(LENGTH / 100 * 0.7, LENGTH / 100 * 1.4);
    }
  }

  /** Algorithm 1 of the paper, with momentum factor masking, in doubles. */
  @Test
  void correctsMomentumAsThePaperDoes() {
    ShardEncoder encoder = new ShardEncoder(plan(Method.DGC, 0), ALL, 4);
    Region memory = Region.allocate(ShardEncoder.memory(Method.DGC, LENGTH));
    double[] velocity = new double[LENGTH];
    double[] residual = new double[LENGTH];
    for (int step = 0; step < 20; step++) {
      double[] g = new double[LENGTH];
      assertThat(encode(encoder, gradient(g), memory, step)).isTrue();
      double[] sent = new double[LENGTH];
      addTo(sent, Method.DGC, ALL);
      int count = 0;
      for (int i = 0; i < LENGTH; i++) {
        velocity[i] = MOMENTUM * velocity[i] + g[i];
        residual[i] += velocity[i];
        if (sent[i] != 0) {
          count++;
          assertThat(sent[i]).isCloseTo(residual[i], within(Math.abs(residual[i]) / 128));
          residual[i] -= sent[i];
          velocity[i] = 0;
        }
        assertThat(memory.bytes().asFloatBuffer().get(i))
            .isCloseTo((float) residual[i], within(1e-4f));
      }
      assertThat(count).isEqualTo(LENGTH / 100);
    }
  }

  @Test
  void limitsTheNormOfAShardsPart() {
    ShardEncoder encoder = new ShardEncoder(plan(Method.TOP_K, 0.5), ALL, 4);
    Region memory = Region.allocate(LENGTH);
    double[] sent = new double[LENGTH];
    assertThat(encode(encoder, gradient(new double[LENGTH]), memory, 0)).isTrue();
    addTo(sent, Method.TOP_K, ALL);
    double squares = 0;
    for (int i = 0; i < LENGTH; i++) {
      double all = sent[i] + memory.bytes().asFloatBuffer().get(i);
      squares += all * all;
    }
    assertThat(Math.sqrt(squares)).isCloseTo(0.25, within(1e-3)); // 0.5 over the root of 4 shards
  }

  @Test
  void sendsStatisticsWhole() {
    SparseParts parts =
        SparseParts.of(LENGTH, List.of(new Range(10, 20), new Range(LENGTH - 7, LENGTH)));
    assertThat(parts.gradients()).containsExactly(new Range(0, 10), new Range(20, LENGTH - 7));
    ShardEncoder encoder = new ShardEncoder(plan(Method.TOP_K, 0), parts, 4);
    double[] added = new double[LENGTH];
    double[] sent = new double[LENGTH];
    Region memory = Region.allocate(LENGTH);
    assertThat(encode(encoder, gradient(added), memory, 0)).isTrue();
    addTo(sent, Method.TOP_K, parts);
    for (int i = 0; i < LENGTH; i++) {
      if ((i >= 10 && i < 20) || i >= LENGTH - 7) {
        assertThat(sent[i]).isCloseTo(added[i], within(1e-6));
        assertThat(memory.bytes().asFloatBuffer().get(i)).isZero();
      }
    }
  }

  @Test
  void sendsMoreDuringTheWarmUp() {
    SyncPlan.Sharing plan = new SyncPlan.Sharing(Method.DGC, 0.999, 1e-3, 0.9, 0, 40);
    assertThat(IntStream.of(0, 10, 20, 30, 40).map(step -> plan.entries(1_000_000, step)))
        .containsExactly(251_189, 63_096, 15_849, 3_981, 1_000); // the paper's, of a million
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void tellsOfNumbersThatAreNotFinite(Method method) {
    ShardEncoder encoder = new ShardEncoder(plan(method, 0), ALL, 4);
    for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      Region gradient = gradient(new double[LENGTH]);
      put(gradient, LENGTH - 1, bad);
      Region memory = Region.allocate(ShardEncoder.memory(method, LENGTH));
      assertThat(encode(encoder, gradient, memory, 0)).isFalse();
    }
  }

  private static SyncPlan.Sharing plan(Method method, double clip) {
    return new SyncPlan.Sharing(method, SPARSITY, 0.1, MOMENTUM, clip, 0);
  }

  private boolean encode(ShardEncoder encoder, Region gradient, Region memory, long step) {
    message.clear();
    return encoder.encode(gradient, memory, ROWS, step, message);
  }

  /** A random sum over rows; its mean is added to {@code added}. */
  private Region gradient(double[] added) {
    Region gradient = Region.allocate(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      float value = (float) random.nextGaussian() * ROWS;
      put(gradient, i, value);
      added[i] += value / ROWS;
    }
    return gradient;
  }

  private static void put(Region region, int index, float value) {
    region.bytes().asFloatBuffer().put(index, value);
  }

  /** Adds what the message says to {@code sent}, decoded in two ranges. */
  private void addTo(double[] sent, Method method, SparseParts parts) {
    Region sum = Region.allocate(LENGTH);
    ShardDecoder decoder = new ShardDecoder(method, parts);
    ByteBuffer bytes = bytes(message);
    decoder.add(bytes, 1, sum.bytes().asFloatBuffer(), new Range(0, 1234));
    decoder.add(bytes, 1, sum.bytes().asFloatBuffer(), new Range(1234, LENGTH));
    for (int i = 0; i < LENGTH; i++) {
      sent[i] += sum.bytes().asFloatBuffer().get(i);
    }
  }

  private static ByteBuffer bytes(Message message) {
    ByteBuffer bytes = ByteBuffer.allocate(message.length());
    message.writeTo(bytes);
    return bytes.flip();
  }
}
