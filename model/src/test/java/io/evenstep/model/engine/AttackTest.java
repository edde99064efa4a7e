package io.evenstep.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** The fast gradient sign attack on single numbers. */
class AttackTest {
  private static float[] moved(Attack attack, float[] numbers, float... slopes) {
    FloatBuffer to = FloatBuffer.allocate(numbers.length);
    attack.move(FloatBuffer.wrap(numbers), FloatBuffer.wrap(slopes), to);
    return to.array();
  }

  @Test
  void movesByTheSameAmountWhereverTheLossGrows() {
    Attack attack = new Attack(0.25, 0.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    float[] numbers = {1, 1, 1};

    assertThat(moved(attack, numbers, 7, -1e-9f, 0)).containsExactly(1.25f, 0.75f, 1);
    assertThat(numbers).containsExactly(1, 1, 1);
    assertThat(moved(Attack.NONE, numbers, 7, -7, 0)).containsExactly(1, 1, 1);
  }

  @Test
  void staysInTheRangeAndMovesNumbersOutsideOfItNoFurther() {
    Attack attack = new Attack(0.25, 0.5, 0, 1);

    assertThat(moved(attack, new float[] {0.9f, 0.1f}, 1, -1)).containsExactly(1, 0);
    assertThat(moved(attack, new float[] {1.5f, -0.5f}, 1, -1)).containsExactly(1.5f, -0.5f);
    assertThat(moved(attack, new float[] {1.5f, -0.5f}, -1, 1)).containsExactly(1.25f, -0.25f);
  }
}
