package io.evenstep.driver.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopRequestTest {
  private final StopRequest stop = new StopRequest();
  private final List<String> told = new ArrayList<>();

  @Test
  void tellsTheInnermostWorkEachTimeForTheFirstReason() {
    try (StopRequest.Hearing outer = stop.hear(() -> told.add("outer"));
        StopRequest.Hearing inner = stop.hear(() -> told.add("inner"))) {
      stop.ask("SIGTERM");
      stop.ask("SIGINT");
    }
    assertThat(told).containsExactly("inner", "inner");
    assertThat(stop.reason()).contains("SIGTERM");
  }

  @Test
  void tellsTheOuterWorkWhenTheInnerHasEnded() {
    try (StopRequest.Hearing outer = stop.hear(() -> told.add("outer"))) {
      stop.hear(() -> told.add("inner")).close();
      stop.ask("SIGTERM");
    }
    assertThat(told).containsExactly("outer");
  }

  @Test
  void tellsWorkThatBeginsTooLate() {
    stop.ask("SIGTERM");
    stop.hear(() -> told.add("late")).close();
    assertThat(told).containsExactly("late");
  }
}
