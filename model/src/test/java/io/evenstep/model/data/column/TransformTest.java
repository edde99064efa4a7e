package io.evenstep.model.data.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.model.data.column.Transform.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransformTest {
  private static double of(double number, Kind kind, Double... by) {
    return new Transform(kind, List.of(by)).function().of(number);
  }

  @Test
  void computesEachFunction() {
    assertThat(of(7, Kind.CLIP, -1.0, 5.0)).isEqualTo(5);
    assertThat(of(-7, Kind.CLIP, -1.0, 5.0)).isEqualTo(-1);
    assertThat(of(Math.E - 1, Kind.LOG)).isCloseTo(1, within(1e-15));
    assertThat(of(-1, Kind.LOG)).isNaN();
    assertThat(of(1 - Math.E, Kind.SIGNED_LOG)).isCloseTo(-1, within(1e-15));
    assertThat(of(3, Kind.POWER, 1.0)).isCloseTo(3, within(1e-15));
    assertThat(of(3, Kind.POWER, 0.5)).isCloseTo(2, within(1e-15)); // (4^0.5 - 1) / 0.5
    assertThat(of(Math.E - 1, Kind.POWER, 0.0)).isCloseTo(1, within(1e-15));
    assertThat(of(-3, Kind.POWER, 0.0)).isCloseTo(-7.5, within(1e-14)); // -(4^2 - 1) / 2
    assertThat(of(1 - Math.E, Kind.POWER, 2.0)).isCloseTo(-1, within(1e-15));
  }

  @Test
  void ranksBetweenKnownValues() {
    Double[] known = {0.0, 10.0, 20.0, -1.0, 0.0, 1.0};
    assertThat(of(-5, Kind.RANK, known)).isEqualTo(-1);
    assertThat(of(10, Kind.RANK, known)).isZero();
    assertThat(of(15, Kind.RANK, known)).isEqualTo(0.5);
    assertThat(of(99, Kind.RANK, known)).isEqualTo(1);
  }

  @Test
  void appliesTheFirstOneFirst() {
    Transform clip = new Transform(Kind.CLIP, List.of(0.0, 3.0));
    Transform power = new Transform(Kind.POWER, List.of(0.5));
    assertThat(Transform.chain(List.of(clip, power)).of(100)).isCloseTo(2, within(1e-15));
    assertThat(Transform.chain(List.of()).of(100)).isEqualTo(100);
  }

  @Test
  void refusesOtherParameters() {
    assertThatThrownBy(() -> new Transform(Kind.CLIP, List.of(1.0)))
        .hasMessage("Invalid transform CLIP: must have its parameters, got [1.0]");
  }
}
