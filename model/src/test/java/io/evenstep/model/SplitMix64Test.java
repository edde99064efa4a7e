package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
  private static final int DRAWS = 100_000;

  /** The output of the reference implementation in C for the seed 1234567. */
  @Test
  void givesThePublishedNumbers() {
    SplitMix64 stream = new SplitMix64(1234567);

    assertThat(Long.toUnsignedString(stream.next())).isEqualTo("6457827717110365317");
    assertThat(Long.toUnsignedString(stream.next())).isEqualTo("3203168211198807973");
    assertThat(Long.toUnsignedString(stream.next())).isEqualTo("9817491932198370423");
  }

  @Test
  void drawsWholeNumbersBelowTheBoundEvenly() {
    SplitMix64 stream = new SplitMix64(1);
    int[] counts = new int[5];
    for (int i = 0; i < DRAWS; i++) {
      counts[stream.below(5)]++;
    }
    assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - DRAWS / 5) < 600);
  }

  @Test
  void drawsNormalNumbers() {
    SplitMix64 stream = new SplitMix64(2);
    double sum = 0;
    double squares = 0;
    int beyondTwo = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = stream.gaussian();
      sum += x;
      squares += x * x;
      beyondTwo += Math.abs(x) > 2 ? 1 : 0;
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(0.015));
    assertThat(squares / DRAWS).isCloseTo(1, within(0.02));
    assertThat(beyondTwo / (double) DRAWS).isCloseTo(0.0455, within(0.003));
  }

  @Test
  void splitsIntoStreamsThatDiffer() {
    SplitMix64 keys = new SplitMix64(3);
    assertThat(keys.split().next()).isNotEqualTo(keys.split().next());
  }

  @Test
  void shufflesEveryNumberOnce() {
    int[] order = new SplitMix64(4).permutation(50);
    assertThat(Arrays.stream(order).sorted().toArray())
        .containsExactly(IntStream.range(0, 50).toArray());
    assertThat(order).isNotEqualTo(IntStream.range(0, 50).toArray());
  }
}
