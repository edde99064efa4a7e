package io.evenstep.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeEnvironmentTest {
  @Test
  void hasWhatTheProcessWasStartedWith() {
    for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
      assertThat(NativeEnvironment.value(entry.getKey())).hasValue(entry.getValue());
    }
    assertThat(NativeEnvironment.value("EVENSTEP_NO_SUCH_VARIABLE")).isEmpty();
  }

  @Test
  void setsWhatIsNotThereAndLosesNothing() {
    NativeEnvironment.setUnlessSet("EVENSTEP_TEST_A", "1");
    NativeEnvironment.setUnlessSet("EVENSTEP_TEST_B", "two words");
    NativeEnvironment.setUnlessSet("EVENSTEP_TEST_A", "another");

    assertThat(NativeEnvironment.value("EVENSTEP_TEST_A")).hasValue("1");
    assertThat(NativeEnvironment.value("EVENSTEP_TEST_B")).hasValue("two words");
    hasWhatTheProcessWasStartedWith();
  }
}
