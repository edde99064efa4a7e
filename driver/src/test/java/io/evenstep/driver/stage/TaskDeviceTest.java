package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskDeviceTest {
  @TempDir private Path folder;

  @Test
  void isTheCardThatSparkHasGivenTheTask() {
    assertThat(TaskDevice.of(cards("3"), true).gpu()).hasValue(3);
  }

  @Test
  void isTheProcessorInABuildForProcessorsWhateverSparkHasGiven() {
    TaskDevice device = TaskDevice.of(cards("3"), false);
    assertThat(device.gpu()).isEmpty();
    assertThatCode(() -> device.requireUsable(new NvidiaSmi("/no/such/program")))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesATaskWithoutExactlyOneCard() {
    assertThatThrownBy(() -> TaskDevice.of(Map.of(), true)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> TaskDevice.of(cards("0", "1"), true))
        .hasMessageContaining("spark.task.resource.gpu.amount")
        .hasMessageContaining("[0, 1]");
  }

  @Test
  void refusesACardThatTheLibraryHasNoCodeFor() throws IOException {
    NvidiaSmi smi =
        new NvidiaSmi(
            FakeSmi.in(folder, "0, 535.1, 24564, 8.6", "1, 550.2, 81559, 9.0").toString());
    assertThatCode(() -> device(0).requireUsable(smi)).doesNotThrowAnyException();
    assertThatThrownBy(() -> device(1).requireUsable(smi))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("GPU 1")
        .hasMessageContaining("9.0");
    assertThatThrownBy(() -> device(2).requireUsable(smi))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Cannot find GPU 2");
  }

  @Test
  void saysThatTheDriverIsMissing() {
    assertThatThrownBy(() -> device(0).requireUsable(new NvidiaSmi("/no/such/program")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/no/such/program");
  }

  private static TaskDevice device(int card) {
    return new TaskDevice(OptionalInt.of(card));
  }

  private static Map<String, ResourceInformation> cards(String... addresses) {
    return Map.of("gpu", new ResourceInformation("gpu", addresses));
  }
}
