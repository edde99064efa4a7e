package io.evenstep.driver.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.cluster.Python;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files as TensorBoard itself reads them. */
@Tag("slow")
class TensorBoardTest {
  private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");

  @TempDir private Path folder;

  @Test
  void readsTheExactValues() throws IOException {
    List<List<Number>> losses = new ArrayList<>();
    try (EventFile events = open("events.out.tfevents.1.a")) {
      for (int step = 1; step <= 300; step++) {
        float loss = (float) (1.0 / step);
        events.scalar(NOW, step, "train/loss", loss);
        losses.add(List.of(step, loss));
      }
      events.scalar(NOW, 1L << 40, "test/accuracy of ä", 0.984375);
    }

    JsonNode read = read();

    assertThat(read.path("train/loss")).hasSize(300);
    for (int i = 0; i < losses.size(); i++) {
      JsonNode point = read.path("train/loss").get(i);
      assertThat(point.get(0).asLong()).isEqualTo(losses.get(i).get(0).longValue());
      assertThat((float) point.get(1).asDouble()).isEqualTo(losses.get(i).get(1).floatValue());
    }
    JsonNode last = read.path("test/accuracy of ä").get(0);
    assertThat(last.get(0).asLong()).isEqualTo(1L << 40);
    assertThat(last.get(1).asDouble()).isEqualTo(0.984375);
  }

  @Test
  void forgetsStepsThatAreDoneAgain() throws IOException {
    try (EventFile events = open("events.out.tfevents.1.a")) {
      events.scalar(NOW, 1, "train/loss", 3);
      events.scalar(NOW, 2, "train/loss", 2);
      events.scalar(NOW, 3, "train/loss", 9);
      events.restart(NOW, 3);
      events.scalar(NOW, 3, "train/loss", 1);
    }

    JsonNode losses = read().path("train/loss");
    assertThat(losses).extracting(point -> point.get(1).asDouble()).containsExactly(3.0, 2.0, 1.0);
  }

  private EventFile open(String name) throws IOException {
    return new EventFile(
        new BufferedOutputStream(Files.newOutputStream(folder.resolve(name))), NOW);
  }

  private JsonNode read() throws IOException {
    assumeTrue(Python.isThere(), "skipped: there is no python3");
    String output = PythonVenv.of("tensorboard").run("tensorboard/scalars.py", "" + folder);
    String json = output.lines().reduce((first, last) -> last).orElse("");
    return new ObjectMapper().readTree(json);
  }
}
