package io.evenstep.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.NativeRuntime;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RandomReluTest {
  static {
    NativeRuntime.oneThread();
  }

  private final RandomRelu relu = new RandomRelu(0.25, 0.5);

  private static INDArray numbers() {
    return Nd4j.createFromArray(-2f, -1f, -0.5f, 0f, 3f, -4f).reshape(2, 3);
  }

  @Test
  void givesBackTheSlopesItHasDrawn() {
    INDArray out = relu.getActivation(numbers(), true);
    INDArray slopes = relu.backprop(numbers(), Nd4j.ones(2, 3)).getFirst();
    for (int i = 0; i < 6; i++) {
      double x = numbers().getDouble(i);
      double slope = slopes.getDouble(i);
      assertThat(slope * x).isCloseTo(out.getDouble(i), within(1e-6));
      if (x < 0) {
        assertThat(slope).isBetween(0.25, 0.5);
      } else {
        assertThat(slope).isEqualTo(1);
      }
    }
    assertThat(slopes.getDouble(0)).isNotEqualTo(slopes.getDouble(1));
  }

  @Test
  void predictsWithTheMeanSlope() {
    float[] expected = {-0.75f, -0.375f, -0.1875f, 0, 3, -1.5f};
    assertThat(relu.getActivation(numbers(), false).ravel().toFloatVector())
        .containsExactly(expected, within(1e-6f));
  }
}
