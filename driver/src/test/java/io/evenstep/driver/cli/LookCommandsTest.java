package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that show runs, and what {@code train} shows. */
class LookCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    bench = Workbench.in(folder);
  }

  @Test
  void runsListsTheRunsOfAFolder() throws IOException {
    bench.train("--run-id", "one").well();
    bench.train("--run-id", "two", "--set", "training.epochs=2").well();
    Files.delete(bench.path("runs/two/result.json"));

    List<String> lines =
        bench.type("runs", bench.path("runs").toString()).well().out().lines().toList();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("run  begun").endsWith("loss");
    assertThat(lines).anyMatch(line -> line.startsWith("one") && line.contains("  done  "));
    assertThat(lines).anyMatch(line -> line.startsWith("two") && line.endsWith("not finished"));
  }

  @Test
  void runsSaysWhereItFoundNone() {
    Ended none = bench.type("runs", bench.path("nothing").toString());
    assertThat(none.code()).isEqualTo(78);
    assertThat(none.err()).contains("Cannot find the folder");
  }

  @Test
  void reportComparesRunsOnOnePage() throws IOException {
    bench.train("--run-id", "one").well();
    bench.train("--run-id", "two", "--set", "training.epochs=2", "--set", "seed=2").well();
    Path page = bench.path("compare.html");

    bench
        .type(
            "report",
            bench.path("runs/one").toString(),
            bench.path("runs/two").toString(),
            "--output",
            page.toString())
        .well();

    JsonNode runs = ReportPageTest.data(page).path("runs");
    assertThat(runs).hasSize(2);
    assertThat(runs.get(1).path("epochs")).hasSize(2);
    assertThat(runs.get(1).path("settings").path("seed").asInt()).isEqualTo(2);
    assertThat(runs.get(0).path("steps").path("loss")).isNotEmpty();
    assertThat(runs.get(0).path("result").path("metrics").has("test.loss")).isTrue();
  }

  @Test
  void reportNamesAFolderThatHoldsNoRun() {
    Ended none = bench.type("report", bench.path("nothing").toString());
    assertThat(none.code()).isEqualTo(78);
    assertThat(none.err()).contains("nothing", "config.json");
  }

  @Test
  void trainShowsOneObjectALineForAProgram() throws IOException {
    List<String> lines = bench.train("--json").well().out().lines().toList();

    for (String line : lines) {
      assertThat(JSON.readTree(line).path("event").isTextual()).as(line).isTrue();
    }
    assertThat(lines).anyMatch(line -> line.contains("\"message\"") && line.contains("Epoch 1"));
    JsonNode last = JSON.readTree(lines.get(lines.size() - 1));
    assertThat(last.path("event").asText()).isEqualTo("result");
    assertThat(last.path("result").path("status").asText()).isEqualTo("done");
  }

  @Test
  void trainShowsOnlyTheResultWhenQuiet() {
    Ended quiet = bench.train("--quiet").well();

    assertThat(quiet.err()).doesNotContain("Epoch", "Training");
    assertThat(quiet.out()).startsWith("small: done after").doesNotContain("Next:");
  }

  @Test
  void trainSaysWhatMayComeNext() {
    String out = bench.train().well().out();

    assertThat(out).contains("Next:\n", "evenstep predict " + bench.path("runs/small"));
    assertThat(bench.train("--quiet", "--json").code()).isEqualTo(64);
  }
}
