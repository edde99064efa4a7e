package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code course} on a small folder of jobs. */
class CourseCommandTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    bench = Workbench.in(folder);
    bench.write("course/rows.csv", Workbench.rows(64));
    bench.write("course/01-good.yaml", "# A job & its <idea>.\n" + named("01-good"));
    bench.write("course/02-broken.yaml", named("02-broken").replace("logistic", "logistics"));
    bench.write(
        "course/03-gated.yaml", named("03-gated") + "gate: {metric: test.accuracy, atMost: 0.1}\n");
    bench.write("course/04-good.yaml", named("04-good"));
  }

  private static String named(String name) {
    return Workbench.JOB
        .replace("name: small", "name: " + name)
        .replace("epochs: 1", "epochs: 10, optimizer: {learningRate: 0.1}");
  }

  private Ended course(String... more) {
    String[] line = {
      "course", bench.path("course").toString(), "--set", "output=" + bench.path("runs")
    };
    return bench.type(
        java.util.stream.Stream.concat(java.util.Arrays.stream(line), java.util.Arrays.stream(more))
            .toArray(String[]::new));
  }

  @Test
  void goesOnAfterAFailureAndSaysIt() throws IOException {
    Ended ended = course();

    assertThat(ended.code()).as("%s", ended.err()).isEqualTo(78);
    assertThat(ended.out()).contains("2 of 4 jobs are done", "Page: ");
    assertThat(ended.err())
        .contains("error: 02-broken: ", "error: 03-gated: its quality gate is not met");
    String page = Files.readString(bench.path("runs/index.html"));
    assertThat(page)
        .contains("A job &amp; its &lt;idea&gt;.", "accuracy 1", "gate not met", "failed")
        .contains("data:image/png;base64,", "prefers-color-scheme: dark")
        .doesNotContain("{{content}}", "http://", "https://");
    assertThat(page.split("<section ", -1)).hasSize(5);
  }

  @Test
  @Tag("slow")
  void doesNotRepeatWhatIsDoneAndKeepsTheRunOfAnotherVersion() throws IOException {
    course("--only", "good").well();
    FileTime written = Files.getLastModifiedTime(bench.path("runs/01-good/result.json"));
    bench.write("course/04-good.yaml", named("04-good").replace("batch: 16", "batch: 8"));

    Ended ended = course("--only", "good").well();

    assertThat(Files.getLastModifiedTime(bench.path("runs/01-good/result.json")))
        .isEqualTo(written);
    assertThat(ended.out()).contains("2 of 2 jobs are done");
    try (var runs = Files.list(bench.path("runs"))) {
      assertThat(runs.map(run -> run.getFileName().toString()))
          .filteredOn(name -> name.startsWith("04-good"))
          .hasSize(2)
          .contains("04-good");
    }
  }

  @Test
  void trainsTheFoldsOfAJob() throws IOException {
    bench.write(
        "course/05-folds.yaml",
        named("05-folds")
            .replace(", test: {fraction: 0.25}", "")
            .replace("epochs: 10", "epochs: 1, folds: 2"));

    course("--only", "05").well();

    assertThat(bench.path("runs/05-folds/fold-1/model.zip")).isNotEmptyFile();
    assertThat(bench.path("runs/05-folds/fold-2/model.zip")).isNotEmptyFile();
    assertThat(Files.readString(bench.path("runs/05-folds/result.json"))).contains("\"folds\"");
    assertThat(Files.readString(bench.path("runs/index.html"))).contains("05-folds/report.html");
  }

  @Test
  void anUnmetGateAloneIsSeventyNine() {
    assertThat(course("--only", "03").code()).isEqualTo(79);
  }

  @Test
  void refusesAFolderWithoutJobs() {
    Ended ended = bench.type("course", bench.path("runs-of-nobody").toString());

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.err()).contains("must be a folder of job files");
  }
}
