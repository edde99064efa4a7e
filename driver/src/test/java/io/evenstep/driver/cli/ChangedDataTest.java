package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run resumes only with the rows that it was started with. */
class ChangedDataTest {
  private static final String CHANGED =
      "error: Invalid --run-id: must be new, or needs --resume never: the data have changed since"
          + " .*/runs/small started; its dataSha256 is [0-9a-f]{16}\\.\\.\\. and that of the"
          + " current data is [0-9a-f]{16}\\.\\.\\., got small\n";

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void trainOnce() {
    bench = Workbench.in(folder);
    assertThat(bench.train().code()).isZero();
  }

  @Test
  void isRefusedByARunThatIsDone() throws IOException {
    String sha = bench.report().origin().dataSha256();
    assertThat(sha).matches("[0-9a-f]{64}");
    bench.write("rows.csv", Workbench.rows(80));

    for (String resume : List.of("auto", "must")) {
      Ended ended = bench.train("--resume", resume);

      assertThat(ended.code()).isEqualTo(78);
      assertThat(ended.err()).containsPattern(CHANGED).contains(sha.substring(0, 16));
    }
    Ended plan = plan();
    assertThat(plan.code()).isEqualTo(78);
    assertThat(plan.out() + plan.err()).contains("the data have changed since");

    assertThat(bench.train("--resume", "never").code()).isZero();
    assertThat(bench.report().origin().dataSha256()).isNotEqualTo(sha);
    assertThat(bench.train().err()).contains("Run small has already finished");
    Files.delete(bench.path("rows.csv"));
    Ended gone = bench.train();
    assertThat(gone.code()).isZero();
    assertThat(gone.err())
        .contains("Cannot tell whether the data have changed since the run: Cannot read")
        .contains("Run small has already finished");
  }

  private Ended plan() {
    return bench.type(
        "plan",
        bench.path("job.yaml").toString(),
        "--set",
        "output=" + bench.path("runs"),
        "--run-id",
        "small");
  }

  @Test
  void isRefusedByARunWithCheckpointsAndNotByOneWithout() throws IOException {
    RunReport first = bench.report();
    Files.delete(bench.run("result.json"));
    bench.write("rows.csv", Workbench.rows(80));

    Ended ended = bench.train();

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.err()).containsPattern(CHANGED);
    bench.write("rows.csv", Workbench.rows(64));
    assertThat(bench.train().code()).isZero();
    assertThat(bench.report().model().parametersSha256())
        .isEqualTo(first.model().parametersSha256());

    Files.delete(bench.run("result.json"));
    for (Path kept : list(bench.run("checkpoints"))) {
      Files.delete(kept);
    }
    bench.write("rows.csv", Workbench.rows(80));
    assertThat(bench.train().code()).isZero();
  }

  @Test
  void areTheSameWhereFilesWereOnlyTouched() throws IOException {
    Files.setLastModifiedTime(bench.path("rows.csv"), FileTime.from(Instant.EPOCH));

    Ended ended = bench.train();

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("Run small has already finished");
  }

  @Test
  void areNotTakenForTheRowsThatTheRunKeptBack() throws IOException {
    assertThat(bench.type("evaluate", bench.run("").toString()).code()).isZero();
    List<String> lines = new ArrayList<>(Files.readAllLines(bench.path("rows.csv")));
    Collections.reverse(lines.subList(1, lines.size()));
    Path reordered = bench.write("rows.csv", String.join("\n", lines) + "\n");

    Ended own = bench.type("evaluate", bench.run("").toString());

    assertThat(own.code()).isEqualTo(65);
    assertThat(own.err())
        .containsPattern(
            "error: Cannot evaluate .*/runs/small on its own validation and test rows: the data"
                + " have changed");
    String test = "data.test.path=" + reordered;
    assertThat(bench.type("evaluate", bench.run("").toString(), "--set", test).code()).isZero();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
