package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.driver.cluster.Python;
import io.evenstep.driver.track.PythonVenv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What trackers know of a run. */
@Tag("slow")
class TrackedRunTest {
  private static final String[] LONGER = {
    "--set", "training.epochs=3", "--set", "data.validation.fraction=0.2"
  };

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    bench = Workbench.in(folder);
  }

  @Test
  void tensorBoardReadsTheFiguresOfTheRun() throws IOException {
    assumeTrue(Python.isThere(), "skipped: there is no python3");
    bench.train(LONGER).well();

    JsonNode read = scalars();

    List<String> history = Files.readAllLines(bench.run("history.csv"));
    List<String> names = List.of(history.get(0).split(","));
    assertThat(read.path("validation/accuracy")).hasSize(3);
    for (int epoch = 1; epoch <= 3; epoch++) {
      String value = history.get(epoch).split(",")[names.indexOf("validation.accuracy")];
      assertThat((float) read.path("validation/accuracy").get(epoch - 1).get(1).asDouble())
          .isEqualTo(Float.parseFloat(value));
    }
    assertThat(read.path("train/loss")).hasSize((int) bench.report().steps());
    assertThat((float) read.path("test/loss").get(0).get(1).asDouble())
        .isEqualTo(bench.report().metrics().get("test.loss").floatValue());
    assertThat(read.has("optimizer/learningRate")).isTrue();
    assertThat(read.has("updateRatio/0")).isTrue();
  }

  @Test
  void turnedOffTheyLeaveNoTrace() {
    bench.train("--set", "report.tensorboard=false").well();

    assertThat(bench.run("tensorboard")).doesNotExist();
  }

  private JsonNode scalars() throws IOException {
    String output =
        PythonVenv.of("tensorboard")
            .run("tensorboard/scalars.py", bench.run("tensorboard").toString());
    return new ObjectMapper().readTree(output.lines().reduce((a, b) -> b).orElse(""));
  }
}
