package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data in the page that a run writes. */
class ReportPageTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
  private static final String EVIL = "</script><script>alert(1)</script>";

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    bench = Workbench.in(folder);
  }

  /** The data of a page, as read by its scripts. */
  static JsonNode data(Path page) throws IOException {
    Matcher data = DATA.matcher(Files.readString(page));
    assertThat(data.find()).as("data in " + page).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  @Test
  void saysWhatARunCameTo() throws IOException {
    bench.train("--set", "training.epochs=5", "--set", "data.validation.fraction=0.2").well();

    JsonNode page = data(bench.run("report.html"));

    assertThat(page.path("state").asText()).isEqualTo("done");
    assertThat(page.path("result"))
        .isEqualTo(new ObjectMapper().readTree(Files.readString(bench.run("result.json"))));
    assertThat(page.path("epochs")).hasSize(5);
    assertThat(page.path("epochs").get(4).path("validation").has("validation.accuracy")).isTrue();
    long steps = page.path("result").path("steps").asLong();
    assertThat(last(page.path("steps").path("step")).asLong()).isEqualTo(steps);
    assertThat(numbers(page.path("steps").path("learningRate"))).isNotEmpty();
    assertThat(numbers(page.path("steps").path("gradientNorm"))).allMatch(norm -> norm > 0);
    assertThat(numbers(page.path("steps").path("updateRatio"))).allMatch(ratio -> ratio > 0);
    assertThat(page.path("ranks")).hasSize(2);
    assertThat(page.path("network")).hasSize(1);
    assertThat(page.path("config")).anyMatch(line -> line.path("key").asText().equals("name"));
    assertThat(page.path("timeline")).isNotEmpty();
  }

  @Test
  void showsTheTestRows() throws IOException {
    bench.train().well();

    JsonNode page = data(bench.run("report.html"));

    JsonNode test = page.path("test");
    long rows = test.path("rows").asLong();
    long counted = 0;
    for (JsonNode actual : test.path("confusion")) {
      for (JsonNode predicted : actual) {
        counted += predicted.asLong();
      }
    }
    assertThat(counted).isEqualTo(rows).isPositive();
    assertThat(test.path("curves")).hasSize(2);
    assertThat(test.path("calibration")).isNotEmpty();
    JsonNode card = page.path("data");
    assertThat(card.path("rows").path("test").asLong()).isEqualTo(rows);
    assertThat(card.path("columns")).extracting(c -> c.path("column").asText()).contains("x", "y");
    assertThat(card.path("columns").get(0).path("splits").path("train").has("mean")).isTrue();
    assertThat(card.path("classes").path("names")).hasSize(2);
  }

  @Test
  void countsMissingValuesAndTellsDriftOfCategories() throws IOException {
    StringBuilder rows = new StringBuilder("x,colour,label\n");
    for (int i = 0; i < 80; i++) {
      rows.append(i % 4 == 0 ? "" : Integer.toString(i)).append(',');
      rows.append(i % 2 == 0 ? "red" : "blue").append(i % 2 == 0 ? ",left\n" : ",right\n");
    }
    bench.write("rows.csv", rows.toString());
    bench
        .job(
            """
            name: small
            data:
              format: csv
              path: rows.csv
              features: [{column: x, missing: mean}, {column: colour, type: categorical}]
              label: label
              test: {fraction: 0.25}
            model: {name: logistic}
            training: {batch: 16, epochs: 1, workers: 2, shards: 4}
            """)
        .train()
        .well();

    JsonNode card = data(bench.run("report.html")).path("data");

    assertThat(card.path("missing").path("x").asInt()).isEqualTo(20);
    assertThat(card.path("missing").has("colour")).isFalse();
    JsonNode shares = card.path("columns").get(1).path("splits").path("train").path("shares");
    assertThat(shares).hasSize(2);
    assertThat(shares.get(0).asDouble() + shares.get(1).asDouble()).isCloseTo(1, within(1e-6));
  }

  @Test
  void showsErrorsOfNumbers() throws IOException {
    bench.write("rows.csv", "x,y\n" + "1,2\n2,4.1\n3,6\n4,7.9\n".repeat(40));
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
              normalizeLabel: standard
              test: {fraction: 0.25}
            model: {name: mlp, hidden: [4]}
            training: {batch: 16, epochs: 2, workers: 2, shards: 4}
            """)
        .train()
        .well();

    JsonNode x = data(bench.run("report.html")).path("data").path("columns").get(0);
    assertThat(x.path("splits").path("train").path("mean").asDouble()).isBetween(2.0, 3.0);
    assertThat(x.path("splits").path("train").path("most").asDouble()).isCloseTo(4, within(1e-3));
    JsonNode test = data(bench.run("report.html")).path("test");

    assertThat(test.path("sample")).hasSize(test.path("rows").asInt());
    assertThat(test.path("columns")).extracting(JsonNode::asText).containsExactly("x");
    for (JsonNode row : test.path("wrong")) {
      double cell = Double.parseDouble(row.path("cells").get(0).asText());
      assertThat(row.path("actual").asDouble()).isCloseTo(2 * cell, within(0.11));
    }
    assertThat(test.path("wrong")).isNotEmpty();
    double worst = test.path("wrong").get(0).path("score").asDouble();
    for (JsonNode row : test.path("sample")) {
      double error = Math.abs(row.path("predicted").asDouble() - row.path("actual").asDouble());
      assertThat(error).isLessThanOrEqualTo(worst * 1.001 + 1e-4);
    }
  }

  @Test
  void takesNamesAsTextAndNothingElse() throws IOException {
    String rows = Workbench.rows(64).replace("left", EVIL).replace("x,y", "\"x" + EVIL + "\",y");
    bench.write("rows.csv", rows);
    bench.train().well();

    String page = Files.readString(bench.run("report.html"));
    assertThat(page).doesNotContain("alert(1)<").doesNotContain("<script>alert");
    assertThat(page.split("</script>", -1)).as("three scripts and no more").hasSize(4);
    JsonNode data = data(bench.run("report.html"));
    assertThat(data.path("test").path("classes")).anyMatch(c -> c.asText().equals(EVIL));
  }

  @Test
  void needsNothingFromElsewhere() throws IOException {
    bench.train().well();

    String page = Files.readString(bench.run("report.html"));
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContainPattern("<(script|link|img|iframe)[^>]*(src|href)=\"(?!data:)")
        .doesNotContain("{{");
    assertThat(page.length()).isLessThan(400_000);
  }

  @Test
  void isLeftOutWhereTheJobSaysSo() {
    bench.train("--set", "report.page=false").well();

    assertThat(bench.run("report.html")).doesNotExist();
    assertThat(bench.run("steps.csv")).exists();
  }

  @Test
  void goesOnWithTheStepsOfTheRunItResumes() throws IOException {
    bench.train("--set", "training.epochs=4").well();
    long steps = bench.report().work().steps();
    List<String> before = Files.readAllLines(bench.run("steps.csv"));
    assertThat(before.get(before.size() - 1)).startsWith(steps + ",");
    Files.delete(bench.run("result.json"));
    Files.delete(bench.run("report.html"));

    bench.train("--set", "training.epochs=4").well();

    assertThat(data(bench.run("report.html")).path("steps").path("step").get(0).asLong())
        .isEqualTo(1);
    assertThat(Files.readAllLines(bench.run("steps.csv"))).hasSameSizeAs(before);
  }

  private static JsonNode last(JsonNode array) {
    return array.get(array.size() - 1);
  }

  private static List<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .filter(JsonNode::isNumber)
        .map(JsonNode::asDouble)
        .toList();
  }
}
