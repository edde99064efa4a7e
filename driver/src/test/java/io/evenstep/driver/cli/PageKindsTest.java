package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.LoggedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Report pages of unusual runs in a browser, and the accessibility of pages. */
@Tag("slow")
@Timeout(600)
class PageKindsTest {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
  private static final String TWO_OUTPUTS =
      """
      name: small
      data:
        format: csv
        path: rows.csv
        features: [x]
        outputs:
          - {name: side, label: label}
          - {name: far, label: y, task: regression}
        validation: {fraction: 0.2}
        test: {fraction: 0.25}
      model:
        layers:
          - {type: dense, units: 6, id: stem}
          - {type: dense, units: 8, from: stem, id: branch}
          - {type: dense, units: 6, from: [stem, branch], output: side}
          - {type: dense, units: 4, from: stem, output: far}
      training: {batch: 16, epochs: 3, workers: 2, shards: 4}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    assumeTrue(Chromium.isThere(), "skipped: there is no chromium");
    bench = Workbench.in(folder);
  }

  @Test
  void drawsANetworkOfTwoOutputsAsADiagram() throws Exception {
    bench.write("rows.csv", Workbench.rows(128));
    bench.job(TWO_OUTPUTS).train().well();

    try (Browser browser = opened("small")) {
      JsonNode charts = browser.evaluate("window.evenstep.charts");
      assertThat(charts.path("loss-by-step").path("points").asInt()).isPositive();
      List<String> ofOutputs =
          List.of("roc", "calibration", "predicted-1", "residuals-1", "wrong-1");
      for (String chart : ofOutputs) {
        assertThat(charts.path(chart).path("points").asInt()).as(chart).isPositive();
      }
      assertThat(browser.evaluate("document.querySelector('#results').innerText").asText())
          .contains("Output side", "Output far", "Rows with the largest errors");
      int boxes = browser.evaluate("document.querySelectorAll('.diagram rect').length").asInt();
      assertThat(boxes).as("an input and at least six layers").isGreaterThan(6);
      assertThat(charts.path("network").path("points").asInt()).isEqualTo(boxes);
      assertThat(charts.path("network").path("series").asInt()).as("arrows").isGreaterThan(6);
      assertThat(browser.evaluate("document.querySelector('#network').innerText").asText())
          .contains("Memory: weights take", "parameters");
      requireSquare(browser);
      requireOpenToAll(browser, "two outputs");
      requireTablesSort(browser);
    }
  }

  private static void requireTablesSort(Browser browser) {
    String click =
        "(() => { const table = document.querySelector('#configuration table');"
            + " const head = table.querySelector('thead th'); head.firstChild.click();"
            + " return [head.getAttribute('aria-sort'),"
            + " ...[...table.querySelectorAll('tbody th')].map(cell => cell.textContent)]; })()";
    List<String> rising = texts(browser.evaluate(click));
    List<String> falling = texts(browser.evaluate(click));
    assertThat(rising.remove(0)).isEqualTo("ascending");
    assertThat(falling.remove(0)).isEqualTo("descending");
    assertThat(rising).hasSizeGreaterThan(10).last().asString().startsWith("training.");
    Collections.reverse(falling);
    assertThat(falling).isEqualTo(rising);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  @Test
  void tellsOfARunThatWasStoppedAndResumed() throws Exception {
    String[] longer = {"training.epochs", "3000"};
    try (LiveRun run = new LiveRun(bench, longer).awaitSteps()) {
      run.lines();
    }
    assertThat(ReportPageTest.data(bench.path("runs/live/report.html")).path("state").asText())
        .isEqualTo("failed");
    bench.train("--run-id", "live", "--set", "training.epochs=3000").well();

    try (Browser browser = opened("live")) {
      assertThat(browser.evaluate("window.evenstep.data.state").asText()).isEqualTo("done");
      assertThat(browser.evaluate("document.querySelector('#timeline').innerText").asText())
          .contains("Resumed after step");
      assertThat(browser.evaluate("window.evenstep.data.steps.step[0]").asInt())
          .as("steps of the first process are there")
          .isLessThan(100);
      requireSquare(browser);
    }
  }

  @Test
  void showsTheLastRefreshOfARunThatWasKilled() throws Exception {
    List<String> command =
        List.of(
            "train",
            bench.path("job.yaml").toString(),
            "--run-id",
            "killed",
            "--master",
            "local[2]",
            "--set",
            "output=" + bench.path("runs"),
            "--set",
            "training.epochs=100000");
    Path page = bench.path("runs/killed/report.html");
    try (LoggedProcess run = OwnProcess.start("killed", command, folder)) {
      run.awaitLine(Pattern.compile("^Epoch +2: "), LIMIT);
      awaitEpochs(page);
      run.kill();
    }
    assertThat(bench.path("runs/killed/result.json")).doesNotExist();

    try (Browser browser = opened("killed")) {
      assertThat(browser.evaluate("window.evenstep.data.state").asText()).isEqualTo("running");
      JsonNode charts = browser.evaluate("window.evenstep.charts");
      for (String chart : List.of("loss-by-step", "loss-by-epoch", "update-ratio", "network")) {
        assertThat(charts.path(chart).path("points").asInt()).as(chart).isPositive();
      }
      assertThat(browser.evaluate("document.body.innerText").asText()).contains("time so far");
      requireSquare(browser);
    }
    assertThat(Files.size(page)).isLessThan(1_500_000);
  }

  private static void awaitEpochs(Path page) throws IOException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(page) || ReportPageTest.data(page).path("epochs").isEmpty()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** The rules of WCAG 2 at levels A and AA, and axe-core's own, in light and in dark. */
  @Test
  void keepsNobodyOut() throws Exception {
    String job = Built.root().resolve("conf/digits.yaml").toString();
    String[] shorter = {"--set", "training.epochs=6", "--set", "gate.atLeast=0.1"};
    for (String run : List.of("small", "other")) {
      bench
          .type(
              Stream.concat(
                      Stream.of("train", job, "--run-id", run, "--set", "seed=" + run.length()),
                      Stream.concat(
                          Stream.of(shorter), Stream.of("--set", "output=" + bench.path("runs"))))
                  .toArray(String[]::new))
          .well();
    }
    Path compared = bench.path("compare.html");
    String[] runs = {bench.path("runs/small").toString(), bench.path("runs/other").toString()};
    bench.type("report", runs[0], runs[1], "--output", compared.toString()).well();

    for (String colours : List.of("light", "dark")) {
      try (Browser browser = new Browser(folder.resolve(colours))) {
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", colours);
        browser.call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
        for (Path page : List.of(bench.run("report.html"), compared)) {
          browser.open(page.toUri().toString());
          requireOpenToAll(browser, colours);
        }
      }
    }
  }

  private static void requireOpenToAll(Browser browser, String what) throws IOException {
    browser.evaluate(axe() + ";0");
    JsonNode found = browser.evaluate("axe.run().then(result => result.violations)");
    List<String> serious = new ArrayList<>();
    for (JsonNode violation : found) {
      if (List.of("serious", "critical").contains(violation.path("impact").asText())) {
        serious.add(
            violation.path("id").asText()
                + ": "
                + violation.path("nodes").size()
                + " such as "
                + violation.path("nodes").get(0).path("html").asText()
                + " "
                + violation.path("nodes").get(0).path("failureSummary").asText());
      }
    }
    assertThat(serious).as(what).isEmpty();
    int passed = browser.evaluate("axe.run().then(result => result.passes.length)").asInt();
    assertThat(passed).as("rules that axe-core found kept").isGreaterThan(15);
  }

  private static String axe() throws IOException {
    try (InputStream in = PageKindsTest.class.getResourceAsStream(AXE)) {
      assertThat(in).as(AXE).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Browser opened(String run) throws Exception {
    Browser browser = new Browser(folder.resolve("profile"));
    try {
      browser.open(bench.path("runs/" + run + "/report.html").toUri().toString());
      return browser;
    } catch (AssertionError e) {
      browser.close();
      throw e;
    }
  }

  private static void requireSquare(Browser browser) {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
        .as("nothing sticks out")
        .isLessThanOrEqualTo(1240);
  }
}
