package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuTest {
  @Test
  void readsWhatNvidiaSmiSays() {
    String lines = "0, 535.104.05, 24564, 8.9\n1, 470.57, 11441, 3.7\n\n";
    assertThat(Gpu.parse(lines))
        .containsExactly(new Gpu(0, 535, 24564, 89), new Gpu(1, 470, 11441, 37));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0, 535.1, [N/A], 8.9", "0, 535.1, 100", "No devices were found"})
  void refusesWhatIsNoCard(String line) {
    assertThatThrownBy(() -> Gpu.parse(line))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'" + line + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {37, 70, 80, 86, 89})
  void takesCardsThatTheLibraryHasCodeFor(int capability) {
    assertThatCode(() -> new Gpu(0, 450, 8000, capability).requireUsable(8000))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {35, 90, 100, 120})
  void refusesOthersAndSaysWhatToDo(int capability) {
    assertThatThrownBy(() -> new Gpu(2, 550, 80000, capability).requireUsable(1))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("GPU 2")
        .hasMessageContaining("is %d.%d,".formatted(capability / 10, capability % 10))
        .hasMessageContaining("-Pcuda");
  }

  @Test
  void refusesAnOldDriverAndTooLittleMemory() {
    assertThatThrownBy(() -> new Gpu(0, 418, 8000, 70).requireUsable(1))
        .hasMessageContaining("418");
    assertThatThrownBy(() -> new Gpu(0, 535, 900, 70).requireUsable(1024))
        .hasMessageContaining("1024 MiB of memory, got 900");
  }
}
