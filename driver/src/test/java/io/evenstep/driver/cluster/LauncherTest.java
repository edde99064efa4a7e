package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher in different environments: how Java ends, and the locale. */
@Tag("slow")
class LauncherTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String JOB =
      """
      name: small
      data: {format: csv, path: rows.csv, test: {fraction: 0.25}}
      model: {name: logistic}
      training: {batch: 8, epochs: 1, workers: 1, shards: 2}
      """;

  @TempDir private Path folder;

  /** Exit codes with which Spark or the system ended Java; the page of exit codes explains them. */
  @ParameterizedTest
  @CsvSource({"exit 1, 1", "exit 52, 52", "exit 53, 53", "kill -ABRT $$, 134", "kill -9 $$, 137"})
  void endsAsJavaDoesAndThePageSaysWhatThatMeans(String end, int code) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Path java =
        Files.createFile(
            bin.resolve("java"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(java, "#!/usr/bin/env bash\necho Java is here\n" + end + "\n");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");

    try (LoggedProcess run = bash("\"$EV\" --version", "JAVA_HOME", folder + "/jdk")) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isEqualTo(code);
      assertThat(run.output()).contains("Java is here");
    }
    String page = Files.readString(Built.root().resolve("src/site/commands.md"));
    assertThat(page.lines().filter(line -> line.startsWith("| ")))
        .anyMatch(line -> List.of(line.split("[ |,]+")).contains(Integer.toString(code)));
  }

  /** The shell creates the names, because this JVM may not be able to. */
  @Test
  void readsAndWritesNamesWithUmlautsInTheLocaleC() throws IOException {
    Files.writeString(folder.resolve("job.yaml"), JOB);
    StringBuilder rows = new StringBuilder("x,y,label\n");
    for (int i = 0; i < 40; i++) {
      rows.append(i % 2 == 0 ? -1 - i % 7 : 1 + i % 5).append(',').append(i % 11).append(',');
      rows.append(i % 2 == 0 ? "left\n" : "right\n");
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
    String script =
        """
        set -e
        d=$'Gr\\303\\266\\303\\237e \\303\\274'
        mkdir "$d"
        mv job.yaml rows.csv "$d"
        "$EV" train "$d/job.yaml" --run-id r --set "output=$d/runs"
        "$EV" evaluate "$d/runs/r"
        "$EV" predict "$d/runs/r" --input "$d/rows.csv" --output "$d/out" --format csv
        "$EV" inspect "$d/runs/r"
        [ -e "$d/out/_SUCCESS" ] && [ -e "$d/runs/r/result.json" ] && echo all there
        """;
    try (LoggedProcess run = bash(script, "LC_ALL", "C")) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output())
          .contains("small: done after", "Predicted 40 rows", "all there")
          .doesNotContain("Exception", "error:");
    }
  }

  /** In one process too, where Spark itself would give them to its tasks alone. */
  @Test
  void putsJarsOfASettingOnTheClassPath() throws IOException {
    Files.writeString(folder.resolve("job.yaml"), JOB);
    Files.writeString(
        folder.resolve("rows.csv"), "x,y,label\n" + "-1,2,left\n1,3,right\n".repeat(20));
    String jars =
        Built.tableJars("delta").stream().map(Path::toString).collect(Collectors.joining(","));
    String script =
        """
        set -e
        "$EV" train job.yaml --run-id r --set output=runs
        predict="predict runs/r --input rows.csv --format delta"
        "$EV" $predict --output none || echo "exit code $?"
        "$EV" $predict --output table --conf "spark.jars=$JARS"
        ls table
        """;
    try (LoggedProcess run = bash(script, "JARS", jars)) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output())
          .contains("error: Invalid --format: must be ", "exit code 78")
          .contains("--conf spark.jars.packages=io.delta:delta-spark_2.12:3.3.0")
          .contains("Predicted 40 rows", "_delta_log")
          .doesNotContain("Exception");
    }
  }

  private LoggedProcess bash(String script, String variable, String value) {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).directory(folder.toFile());
    builder.environment().put("EV", Built.distribution().resolve("deploy/evenstep").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_HOME", Built.sparkHome().toString());
    builder.environment().put("EVENSTEP_JAVA_OPTIONS", StandaloneCluster.SHORT_LIVED);
    builder.environment().put(variable, value);
    return LoggedProcess.start("launcher", builder, folder.resolve("launcher.log"));
  }
}
