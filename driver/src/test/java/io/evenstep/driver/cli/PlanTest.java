package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.run.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares {@code plan} with what {@code train} then does. */
class PlanTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void saysWhatTheRunThenDoesAndWritesNothing() {
    Ended planned = plan().well();
    assertThat(bench.path("runs"))
        .satisfiesAnyOf(
            runs -> assertThat(runs).doesNotExist(), runs -> assertThat(runs).isEmptyDirectory());
    bench.train().well();
    RunReport report = bench.report();

    assertThat(planned.out())
        .startsWith("small, run small\n")
        .contains("training, 0 validation, ", "counted by reading all of them now")
        .contains("steps          " + report.work().steps() + ": ")
        .contains("network        6 parameters, ")
        .contains("workers        2 requested, 2 task slots at local[2]")
        .contains(
            "checkpoints    none\n",
            "done already   no\n",
            "GPUs           0 requested, 0 available")
        .contains("a step sends   nothing: all workers share one replica in this process");
    assertThat(planned.out()).contains("pack           2 blocks, 576 bytes, not written yet");
    assertThat(plan().well().out())
        .contains("pack           2 blocks, 576 bytes, " + bench.path("runs/packs"))
        .contains("counted by an earlier pack")
        .contains("the newest of 1 is step-")
        .contains("done already   yes: train ends at once");
  }

  @Test
  void sendsNoMoreAndNoLessThanPlanned() {
    bench.job(Workbench.JOB.replace("{name: logistic}", "{name: mlp, hidden: [64, 64]}"));
    String engine = "training.engine=dl4j"; // whose workers share no replica
    String words = plan(engine).well().out();
    assertThat(words).contains("at 1 Gb/s", "at 10 Gb/s", "at 25 Gb/s");
    double planned =
        Double.parseDouble(words.replaceAll("(?s).*a step sends +([\\d.]+) KiB.*", "$1"));
    bench.train("--set", engine).well();
    assertThat(bench.report().traffic().bytesSentPerWorkerPerStep() / 1024)
        .isBetween(planned, 1.02 * planned + 0.3);
  }

  @Test
  void listsAllThatWouldFailAtOnce() throws Exception {
    bench.train().well();
    Files.delete(bench.path("rows.csv"));
    String[] settings = {"training.workers=3", "training.batch=8"};

    Ended ended = plan(settings);

    assertThat(ended.code()).isEqualTo(78);
    assertThat(ended.err().lines().filter(line -> line.startsWith("error: ")))
        .hasSize(3)
        .anyMatch(line -> line.contains("Invalid --run-id: must not belong to another job"))
        .anyMatch(line -> line.contains("rows.csv"))
        .anyMatch(
            line -> line.contains("Invalid training.workers: must be at most the 2 task slots"));
  }

  @Test
  void leavesNoFolderBehind() {
    List<String> line = new ArrayList<>(line());
    line.set(line.size() - 1, "output=" + bench.path("a/b/runs"));
    bench.type(line.toArray(String[]::new)).well();
    assertThat(bench.path("a")).doesNotExist();
    assertThat(bench.path("runs")).doesNotExist();
  }

  @Test
  void saysThatTheOutputCannotBeWritten() {
    Path file = bench.write("file.txt", "not a folder");
    Ended ended = plan("output=" + file + "/runs");

    assertThat(ended.out()).contains("network        6 parameters");
    ended.failed(
        78, "Invalid output: must be a folder that can be written to, got " + file + "/runs/small");
  }

  @Test
  void refusesADeviceThatThisBuildIsNotFor() {
    Ended ended = plan("training.device=gpu");

    assertThat(ended.out()).contains("network        6 parameters");
    ended.failed(
        78, "Invalid training.device: must be auto or cpu in a build without -Pcuda, got gpu");
  }

  @Test
  void saysThatWorkersCannotComeAndGo() {
    List<String> line = new ArrayList<>(line());
    line.addAll(List.of("--conf", "spark.dynamicAllocation.enabled=true"));

    Ended ended = bench.type(line.toArray(String[]::new));

    assertThat(ended.out()).contains("network        6 parameters");
    ended.failed(
        78,
        "Invalid spark.dynamicAllocation.enabled: must be false, because all workers of a run train"
            + " at the same time, got true");
  }

  private Ended plan(String... settings) {
    List<String> line = new ArrayList<>(line());
    for (String setting : settings) {
      line.addAll(List.of("--set", setting));
    }
    return bench.type(line.toArray(String[]::new));
  }

  private List<String> line() {
    String job = bench.path("job.yaml").toString();
    return List.of("plan", job, "--run-id", "small", "--set", "output=" + bench.path("runs"));
  }
}
