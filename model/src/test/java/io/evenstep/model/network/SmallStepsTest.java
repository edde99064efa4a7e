package io.evenstep.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.NativeRuntime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmallStepsTest {
  @ParameterizedTest
  @EnumSource
  void endInTheseNumbersOnAProcessor(SmallSteps steps) {
    assertClose(steps.run(), steps.onProcessor(), 1e-5f);
  }

  @Tag("gpu")
  @ParameterizedTest
  @EnumSource
  void endInAboutTheSameNumbersOnACard(SmallSteps steps) {
    assertThat(NativeRuntime.describe().library()).startsWith("JCublasBackend");
    assertClose(steps.run(), steps.onProcessor(), 1e-3f);
  }

  private static void assertClose(List<Float> numbers, List<Float> expected, float tolerance) {
    assertThat(numbers)
        .usingElementComparator((a, b) -> Math.abs(a - b) <= tolerance ? 0 : Float.compare(a, b))
        .isEqualTo(expected);
  }
}
