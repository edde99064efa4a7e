package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.driver.cli.Chromium.Colours;
import io.evenstep.driver.cluster.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report page in a browser. */
@Tag("slow")
class BrowserTest {
  private static final List<String> OF_EACH_RUN =
      List.of(
          "loss-by-step",
          "loss-by-epoch",
          "learning-rate",
          "gradient-norm",
          "update-ratio",
          "update-ratio-by-layer",
          "speed",
          "network");

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    assumeTrue(Chromium.isThere(), "skipped: there is no chromium");
    bench = Workbench.in(folder);
  }

  @Test
  void drawsARunOfClasses() throws IOException {
    String job = Built.root().resolve("conf/digits.yaml").toString();
    String output = "output=" + bench.path("runs");
    bench.type("train", job, "--run-id", "small", "--set", output).well();

    for (Colours colours : Colours.values()) {
      JsonNode seen = opened(colours);
      requireDrawn(seen, OF_EACH_RUN);
      requireDrawn(seen, List.of("metrics-by-epoch", "roc", "precision-recall", "calibration"));
      assertThat(seen.path("charts").path("loss-by-step").path("points").asInt())
          .isGreaterThanOrEqualTo(600);
      assertThat(seen.path("charts").path("wrong").path("points").asInt()).isPositive();
      assertThat(seen.path("text").asText()).contains("Confusion matrix", "taken for");
    }
  }

  @Test
  void drawsARunOfNumbers() throws IOException {
    StringBuilder rows = new StringBuilder("x,z,y\n");
    for (int i = 0; i < 400; i++) {
      rows.append(i % 20).append(',').append(i % 7).append(',');
      rows.append(i % 20 * 3 + i % 7 + (i * 37 % 11) * 0.1).append('\n');
    }
    bench.write("rows.csv", rows.toString());
    bench
        .job(
            """
            name: small
            data:
              format: csv
              path: rows.csv
              label: y
              task: regression
              normalize: standard
              validation: {fraction: 0.2}
              test: {fraction: 0.25}
            model: {name: mlp, hidden: [8]}
            training: {batch: 16, epochs: 4, workers: 2, shards: 4}
            """)
        .train()
        .well();

    JsonNode seen = opened(Colours.LIGHT);
    requireDrawn(seen, OF_EACH_RUN);
    requireDrawn(seen, List.of("predicted", "residuals"));
    assertThat(seen.path("text").asText()).contains("Rows with the largest errors");
  }

  @Test
  void showsNamesOfTheDataAsText() throws IOException {
    String evil = "<img src=x onerror=console.error(1)>";
    String column = "<b onclick=1>x</b>";
    bench.write("rows.csv", Workbench.rows(64).replace("left", evil).replace("x,y", column + ",y"));
    bench.train().well();

    assertThat(opened(Colours.DARK).path("text").asText()).contains(evil, column);
  }

  @Test
  void drawsSeveralRuns() throws IOException {
    String[] more = {"--set", "training.epochs=3", "--set", "data.validation.fraction=0.2"};
    bench.train(more).well();
    bench
        .train(Stream.concat(Stream.of(more), Stream.of("--run-id", "b")).toArray(String[]::new))
        .well();
    Path page = bench.path("compare.html");
    String evil = "<img src=x onerror=console.error(1)>";
    Files.move(bench.path("runs/b"), bench.path("runs/" + evil));
    String[] runs = {bench.path("runs/small").toString(), bench.path("runs/" + evil).toString()};
    bench.type("report", runs[0], runs[1], "--output", page.toString()).well();

    JsonNode seen = Chromium.open(page, Colours.LIGHT, folder);

    assertThat(seen.path("ready").asBoolean()).isTrue();
    requireDrawn(seen, List.of("loss-by-step", "train-loss", "validation-accuracy"));
    assertThat(seen.path("text").asText())
        .contains("All settings are the same", "spread over seeds", evil);
    assertThat(seen.path("charts").path("over-seeds").path("series").asInt()).isEqualTo(2);
  }

  private JsonNode opened(Colours colours) throws IOException {
    JsonNode seen = Chromium.open(bench.run("report.html"), colours, folder);
    assertThat(seen.path("ready").asBoolean()).as("the page's scripts came to their end").isTrue();
    assertThat(seen.path("sections"))
        .extracting(JsonNode::asText)
        .contains("next", "curves", "optimization", "results", "data", "network", "time");
    assertThat(seen.path("width").asInt()).as("nothing sticks out").isLessThanOrEqualTo(1240);
    return seen;
  }

  private static void requireDrawn(JsonNode seen, List<String> charts) {
    for (String chart : charts) {
      assertThat(seen.path("charts").path(chart).path("points").asInt()).as(chart).isPositive();
      if (!chart.equals("network")) { // which is drawn without a canvas
        assertThat(seen.path("inked").path(chart).asInt()).as(chart).isGreaterThan(500);
      }
    }
  }
}
