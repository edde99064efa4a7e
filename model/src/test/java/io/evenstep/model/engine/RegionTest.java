package io.evenstep.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.NativeRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.factory.Nd4j;

class RegionTest {
  private static final int FLOATS = 1003;

  @BeforeAll
  static void chooseNatives() {
    NativeRuntime.prepare();
  }

  /** The sum of gradients must not depend on which worker adds them. */
  @Test
  void addsByJavaToTheBitsOfNd4jsSum() {
    Region left = numbers(1);
    Region right = numbers(2);
    Region byNd4j = Region.allocate(FLOATS);
    byNd4j.sum(left, right);

    Region.addInJava(left.bytes(), right.bytes(), left.bytes());

    assertThat(left.sha256()).isEqualTo(byNd4j.sha256());
  }

  /** For either operand as the target, and at any memory address. */
  @ParameterizedTest
  @CsvSource({"0,1,2", "0,1,0", "0,1,1", "0,0,0", "0,0,1"})
  void addsToTheBitsOfNd4jsSumInPlaceToo(int left, int right, int target) {
    for (int from : new int[] {0, 1, 13, 990}) {
      List<Region> parts = new ArrayList<>();
      List<INDArray> same = new ArrayList<>();
      for (int seed = 0; seed < 3; seed++) {
        parts.add(numbers(seed).slice(from, FLOATS));
        same.add(numbers(seed).slice(from, FLOATS).array().dup());
      }
      parts.get(target).sum(parts.get(left), parts.get(right));
      Nd4j.getExecutioner().exec(new AddOp(same.get(left), same.get(right), same.get(target)));
      for (int i = 0; i < 3; i++) {
        assertThat(parts.get(i).sha256()).isEqualTo(Region.of(same.get(i)).sha256());
      }
    }
  }

  @Test
  void aSliceIsTheSameMemory() {
    Region whole = numbers(3);
    Region slice = whole.slice(100, 108);

    assertThat(slice.length()).isEqualTo(8);
    assertThat(slice.byteLength()).isEqualTo(32);
    assertThat(slice.address()).isEqualTo(whole.address() + 400);
    assertThat(at(slice, 3)).isEqualTo(whole.array().getFloat(103));

    slice.bytes().putFloat(4, 7f);
    assertThat(whole.array().getFloat(101)).isEqualTo(7f);
    assertThat(slice.slice(1, 2).address()).isEqualTo(slice.address() + 4);
  }

  @Test
  void nothingCanBeAddedCopiedAndHashed() {
    Region nothing = numbers(4).slice(9, 9);
    nothing.sum(nothing, nothing);
    nothing.copyFrom(Region.allocate(0));
    assertThat(nothing.length()).isZero();
    assertThat(nothing.byteLength()).isZero();
    assertThat(nothing.sumOfMagnitudes()).isZero();
  }

  @Test
  void freshMemoryIsZeroAndACopyHasTheSameBits() {
    Region fresh = Region.allocate(FLOATS);
    assertThat(fresh.sumOfMagnitudes()).isZero();
    Region from = numbers(5);
    fresh.copyFrom(from);
    assertThat(fresh.sha256()).isEqualTo(from.sha256());
    from.slice(2, 3).array().putScalar(0, Float.NaN);
    assertThat(from.sumOfMagnitudes()).isNaN();
  }

  @Test
  void scalesAndDividesAsAWeightedMeanNeeds() {
    Region own = numbers(6);
    Region mean = Region.allocate(FLOATS);
    mean.scaled(own, 60);
    assertThat(mean.array().getFloat(17)).isEqualTo(own.array().getFloat(17) * 60f);
    mean.divideBy(7);
    assertThat(mean.array().getFloat(17)).isEqualTo(own.array().getFloat(17) * 60f / 7f);
  }

  private static float at(Region region, int index) {
    Pointer start =
        new Pointer() {
          {
            address = region.address();
          }
        };
    return new FloatPointer(start).get(index);
  }

  private static Region numbers(long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[FLOATS];
    for (int i = 0; i < FLOATS; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Region.of(Nd4j.createFromArray(numbers));
  }
}
