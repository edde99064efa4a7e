package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.lease.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two drivers and one folder: one works, and the other is told which. */
class LeasedRunTest {
  private static final String DEAD =
      """
      {"id": "x", "user": "ann", "host": "host7", "machine": "%s", "process": 1073741824,
       "startMillis": 1, "sinceMillis": 1, "renewedMillis": %d}
      """;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void secondDriverOfARunIsRefusedAndAFinishedRunIsNot() throws IOException {
    try (Lease first = lease(bench.run("lease.json"))) {
      Ended second = bench.train();
      assertThat(second.code()).as(second.err()).isEqualTo(75);
      assertThat(second.withoutNoise().err())
          .containsPattern(
              "error: Cannot train run small: this is already being done by process "
                  + ProcessHandle.current().pid()
                  + " of .+ on .+, running since .+; wait until that process ends, or stop it\n");
    }
    bench.train().well();
    assertThat(bench.run("lease.json")).doesNotExist();
    try (Lease first = lease(bench.run("lease.json"))) {
      assertThat(bench.train().well().err()).isEqualTo("Run small has already finished\n");
    }
  }

  @Test
  void runOfAKilledDriverGoesOnAtOnce() throws IOException {
    killed(bench.run("lease.json"));
    bench.train().well();
    assertThat(bench.run("lease.json")).doesNotExist();
  }

  @Test
  void killedPredictIsTriedAgainAndOneAtWorkIsNot() throws IOException {
    bench.train().well();
    Path out = bench.path("out");
    Path leased = bench.path(".out.lease");
    try (Lease first = lease(leased)) {
      Files.createDirectories(out.resolve("_temporary/0"));
      Ended second = predict();
      assertThat(second.code()).as(second.err()).isEqualTo(75);
      assertThat(second.withoutNoise().err())
          .contains("error: Cannot predict to " + out + ": this is already being done by process ");
    }
    killed(leased);
    bench.write("out/part-00000-half.csv", "half");

    assertThat(predict().well().err())
        .contains("Removing the incomplete output of a killed predict from " + out + "\n");
    assertThat(out.resolve("part-00000-half.csv")).doesNotExist();
    assertThat(out.resolve("_SUCCESS")).exists();
    assertThat(leased).doesNotExist();
    predict().failed(78, "Invalid --output: must not exist yet, got " + out);
  }

  /** If somebody has put another one there since, it is kept. */
  @Test
  void folderThatHoldsMoreThanPredictWritesIsKept() throws IOException {
    bench.train().well();
    killed(bench.path(".out.lease"));
    Path own = bench.write("out/notes.txt", "mine");
    predict().failed(78, "Invalid --output: must not exist yet, got " + bench.path("out"));
    assertThat(own).exists();
  }

  private Ended predict() {
    String rows = bench.path("rows.csv").toString();
    return bench.type(
        "predict",
        bench.run("").toString(),
        "--input",
        rows,
        "--output",
        bench.path("out").toString(),
        "--format",
        "csv");
  }

  private static Lease lease(Path file) throws IOException {
    return Lease.take(
        FileSystem.getLocal(new Configuration()),
        new org.apache.hadoop.fs.Path(file.toUri()),
        "test",
        new StopRequest(),
        Progress.SILENT);
  }

  /** What a dead process of this machine would have left. */
  private static void killed(Path file) throws IOException {
    String machine;
    try (Lease mine = lease(file)) {
      machine = Files.readString(file).replaceAll("(?s).*\"machine\":\"([^\"]*)\".*", "$1");
    }
    Files.writeString(file, DEAD.formatted(machine, System.currentTimeMillis()));
  }
}
