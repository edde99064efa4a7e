package io.evenstep.worker.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.worker.plan.Wire;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
  private static final int KEY = Codec.key(7, 3, 2, 1);

  @ParameterizedTest
  @CsvSource({
    "1, 1", // already exact
    "1.00390625, 1", // halfway between 1 and 1.0078125: to even
    "1.01171875, 1.015625", // halfway: to even, up
    "1.004, 1.0078125", // above the middle
    "-1.004, -1.0078125",
    "0, 0",
    "3.4028235e38, Infinity",
    "Infinity, Infinity",
    "-Infinity, -Infinity",
    "NaN, NaN",
    "1e-45, 0"
  })
  void roundsToBfloat16ToNearestEven(float number, float expected) {
    float seen = rounded(Wire.BFLOAT16, new float[] {number}, 0, KEY)[0];
    assertThat(Float.compare(seen, expected)).as("%s", seen).isZero();
  }

  /** A signalling NaN has all its one bits in the half that is dropped. */
  @Test
  void keepsNoNumberNone() {
    float signalling = Float.intBitsToFloat(0x7F800001);
    assertThat(rounded(Wire.BFLOAT16, new float[] {signalling}, 0, KEY)[0]).isNaN();
    float[] block = normal(300, 1);
    block[130] = signalling;
    block[280] = Float.POSITIVE_INFINITY;
    float[] seen = rounded(Wire.INT8, block, 0, KEY);
    for (int i = 0; i < block.length; i++) {
      assertThat(Float.isNaN(seen[i])).as("place %d", i).isEqualTo(i >= 128);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Wire.class,
      names = {"BFLOAT16", "INT8"})
  void readsWhatItWouldRoundTo(Wire wire) {
    for (int length : new int[] {1, 2, 3, 5, 127, 128, 129, 2047, 2048, 2049, 5003}) {
      float[] numbers = normal(length, length);
      IntBuffer words = IntBuffer.allocate((int) wire.bytes(length) / Integer.BYTES);
      Codec.of(wire).encode(bits(numbers), 256, KEY, words);
      IntBuffer read = IntBuffer.allocate(length);
      Codec.of(wire).decode(words, read);
      assertThat(floats(read)).as("%d numbers", length).isEqualTo(rounded(wire, numbers, 256, KEY));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 2048, 2176, 4992})
  void givesTheSameWhereverAVectorIsCut(int cut) {
    float[] numbers = normal(5003, 5);
    float[] whole = rounded(Wire.INT8, numbers, 0, KEY);
    float[] left = rounded(Wire.INT8, Arrays.copyOf(numbers, cut), 0, KEY);
    float[] right = rounded(Wire.INT8, Arrays.copyOfRange(numbers, cut, 5003), cut, KEY);
    assertThat(left).isEqualTo(Arrays.copyOf(whole, cut));
    assertThat(right).isEqualTo(Arrays.copyOfRange(whole, cut, 5003));
  }

  @Test
  void staysWithinOneStepOfTheBlocksScale() {
    float[] numbers = normal(5003, 6);
    float[] seen = rounded(Wire.INT8, numbers, 0, KEY);
    for (int from = 0; from < numbers.length; from += Wire.BLOCK) {
      int to = Math.min(numbers.length, from + Wire.BLOCK);
      float largest = 0;
      for (int i = from; i < to; i++) {
        largest = Math.max(largest, Math.abs(numbers[i]));
      }
      for (int i = from; i < to; i++) {
        assertThat(seen[i]).isCloseTo(numbers[i], within(largest / 126));
      }
    }
  }

  @Test
  void isRightOnAverage() {
    float[] numbers = normal(256, 8);
    double[] sums = new double[numbers.length];
    int rounds = 4_000;
    for (int step = 0; step < rounds; step++) {
      float[] seen = rounded(Wire.INT8, numbers, 0, Codec.key(7, step, 0, 0));
      for (int i = 0; i < numbers.length; i++) {
        sums[i] += seen[i];
      }
    }
    for (int i = 0; i < numbers.length; i++) { // 3.5 / 127 / sqrt(4000) is 0.0004
      assertThat(sums[i] / rounds).as("place %d", i).isCloseTo(numbers[i], within(0.002));
    }
  }

  @Test
  void drawsAnewForEachEdgeAndStep() {
    float[] numbers = normal(1000, 9);
    float[] one = rounded(Wire.INT8, numbers, 0, KEY);
    for (int other :
        new int[] {
          Codec.key(8, 3, 2, 1), Codec.key(7, 4, 2, 1), Codec.key(7, 3, 1, 1), Codec.key(7, 3, 2, 0)
        }) {
      assertThat(rounded(Wire.INT8, numbers, 0, other)).isNotEqualTo(one);
    }
  }

  @Test
  void leavesZerosAndTheSmallestNumbersHarmless() {
    float[] numbers = new float[256];
    numbers[200] = Float.MIN_VALUE;
    for (float seen : rounded(Wire.INT8, numbers, 0, KEY)) {
      assertThat(seen).isZero();
    }
  }

  @Test
  void countsItsBytes() {
    assertThat(Wire.FLOAT32.bytes(1000)).isEqualTo(4000);
    assertThat(Wire.BFLOAT16.bytes(1001)).isEqualTo(2004);
    assertThat(Wire.INT8.bytes(1 << 20)).isEqualTo((1 << 20) * 33L / 32);
  }

  @Test
  void thereIsNoneForFloats() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codec.of(Wire.FLOAT32))
        .withMessage("Invalid wire: must be lossy, got FLOAT32");
  }

  private static float[] normal(int count, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private static float[] rounded(Wire wire, float[] numbers, int position, int key) {
    IntBuffer bits = bits(numbers);
    Codec.of(wire).round(bits, position, key);
    return floats(bits);
  }

  private static IntBuffer bits(float[] numbers) {
    IntBuffer bits = IntBuffer.allocate(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      bits.put(i, Float.floatToRawIntBits(numbers[i]));
    }
    return bits;
  }

  private static float[] floats(IntBuffer bits) {
    float[] numbers = new float[bits.limit()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.intBitsToFloat(bits.get(i));
    }
    return numbers;
  }
}
