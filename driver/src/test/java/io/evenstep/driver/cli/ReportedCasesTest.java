package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs like those that users of other tools have reported, through whole commands. */
class ReportedCasesTest {
  private static final String JOB =
      """
      name: small
      data: {format: csv, path: rows.csv, label: label, test: {fraction: 0.2}}
      model: {name: logistic}
      training: {batch: 16, epochs: 2, workers: 2, shards: 4}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder).job(JOB);
  }

  /** The output of predict can be read by the next command, and by other readers of RFC 4180. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "3\" disk         | 5\" disk         | \"3\"\" disk\"     | true",
        "\"a \"\"big\"\" one\" | \"small \"\"x\"\"\" | \"a \"\"big\"\" one\" | false",
        "\"red, big\"     | \"red, small\"   | \"red, big\"       | false"
      })
  void quotesThatAreKeptFromTrainingToEvaluation(
      String one, String other, String written, boolean off) throws IOException {
    bench.write("rows.csv", rows("x,size,label", one, other));
    String options = off ? ", options: {quote: \"\"}}" : "}";
    bench.job(
        JOB.replace(
            "label: label, test: {fraction: 0.2}}",
            "label: label, features: [x, {column: size, type: categorical}]" + options));
    bench.train().well();
    Path out = bench.path("out");
    bench
        .type(
            "predict",
            bench.run("").toString(),
            "--input",
            bench.path("rows.csv").toString(),
            "--output",
            out.toString(),
            "--format",
            "csv")
        .well();
    List<String> lines = lines(out);
    assertThat(lines.get(0)).startsWith("x,size,label,prediction,");
    assertThat(lines.get(1)).startsWith("0," + written + ",a,");
    if (!off) {
      bench.type("evaluate", bench.run("").toString(), "--set", "data.test.path=" + out).well();
    }
  }

  @ParameterizedTest
  @CsvSource({"True, False", "true, false", "T, F", "yes, no"})
  void truthInWords(String one, String other) {
    bench.write("rows.csv", rows("x,flag,label", one, other));
    bench.train().well();
  }

  /** Eight rows in eight shards; fifty rows, whose last batch has a shard with one row. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: logistic}",
        "{name: mlp, hidden: [4]}",
        "{name: mlp, hidden: [4], loss: binaryCrossEntropy}"
      })
  void weightsThatAreAllOneChangeNothingWhereAShardHasOneRow(String model) {
    bench.write("rows.csv", rows("x,w,label", "1", "1"));
    for (String cut : List.of("batch: 8, shards: 8", "batch: 33, shards: 8")) {
      String job =
          JOB.replace("{name: logistic}", model)
              .replace("batch: 16", cut)
              .replace(", shards: 4", "");
      bench.job(job.replace("label: label", "label: label, features: [x]")).train().well();
      String plain = bench.report().model().parametersSha256();
      bench.job(job.replace("label: label", "label: label, features: [x], weight: w"));
      bench.train("--resume", "never", "--run-id", "weighted").well();
      Path report = bench.path("runs/weighted/result.json");
      assertThat(Workbench.text(report)).as(cut).contains(plain);
      org.apache.hadoop.fs.FileUtil.fullyDelete(bench.path("runs").toFile());
    }
  }

  @Test
  void aHeaderThatBeginsWithAHash() {
    for (String name : List.of("#x", "# x")) {
      bench.write("rows.csv", rows(name + ",y,label", "1", "2"));
      String features = "data.features=[\"" + name + "\", y]";
      bench.train("--set", features, "--run-id", "r" + name.length()).well();
    }
    bench.write("rows.csv", rows("#x,y,label", "1", "2"));
    bench
        .train("--set", "data.options.comment=#", "--run-id", "other")
        .failedBySayingWhy(78, "must name columns of");
  }

  private static String rows(String header, String one, String other) {
    StringBuilder rows = new StringBuilder(header).append('\n');
    for (int i = 0; i < 50; i++) {
      rows.append(i % 7).append(',').append(i % 2 == 0 ? one : other).append(',');
      rows.append(i % 3 == 0 ? "a\n" : "b\n");
    }
    return rows.toString();
  }

  private static List<String> lines(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Path part =
          files
              .filter(file -> file.getFileName().toString().startsWith("part-00000"))
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(part);
    }
  }
}
