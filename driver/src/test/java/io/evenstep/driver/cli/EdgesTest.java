package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every command, with a fault at each boundary to other code. Nothing that other code throws is
 * reported as a bug in Evenstep.
 */
@Tag("slow")
class EdgesTest {
  private static final List<Integer> CALLS =
      List.of(0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 26, 33, 41, 50, 70, 100);

  private static final List<Integer> FEWER_CALLS = List.of(0, 2, 5, 11, 26, 50, 100);

  @TempDir private Path folder;
  private Workbench bench;
  private int outputs; // tasks of a job that was cancelled may still write to its own

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
    SparkTest.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.dying.impl", FaultyFiles.class.getName());
  }

  @AfterEach
  void heal() {
    FaultyFiles.heal();
  }

  /**
   * Output, packs and data are all on it, so that each boundary is reached after some number of
   * calls.
   */
  @ParameterizedTest
  @CsvSource({
    "train, DISK", "plan, DISK", "evaluate, DISK", "predict, DISK", "inspect, DISK",
    "train, CLIENT", "plan, CLIENT", "evaluate, CLIENT", "predict, CLIENT", "inspect, CLIENT"
  })
  void aFileSystemThatFailsFromSomeCallOn(String command, FaultyFiles.Kind kind)
      throws IOException {
    boolean ofRun = !command.equals("train") && !command.equals("plan");
    if (ofRun) {
      trainAndKeep();
    }
    List<String> wrong = new ArrayList<>();
    for (int calls : kind == FaultyFiles.Kind.DISK ? CALLS : FEWER_CALLS) {
      FaultyFiles.heal();
      FileUtil.fullyDelete(folder.resolve("runs").toFile());
      if (ofRun) {
        copy("kept", "runs");
      }
      FaultyFiles.failAfter(calls, kind);
      Ended ended = type(command);
      if (!List.of(0, 65, 75, 78).contains(ended.code()) || ended.err().contains("\tat ")) {
        wrong.add(command + " after " + calls + " calls: " + ended);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** A run, and a copy of it, so that the command has the same run after each fault. */
  private void trainAndKeep() throws IOException {
    assertThat(type("train").code()).isZero();
    copy("runs", "kept");
  }

  private void copy(String from, String to) throws IOException {
    Path source = folder.resolve(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(to).resolve(source.relativize(file).toString()));
      }
    }
  }

  /** A killed task is retried; a cancelled job or stage ends the command. */
  @ParameterizedTest
  @CsvSource({
    "train, JOB_CANCELLED",
    "plan, JOB_CANCELLED",
    "evaluate, JOB_CANCELLED",
    "predict, JOB_CANCELLED",
    "train, STAGE_CANCELLED",
    "predict, STAGE_CANCELLED",
    "train, TASK_KILLED",
    "plan, TASK_KILLED",
    "evaluate, TASK_KILLED",
    "predict, TASK_KILLED"
  })
  void aSparkThatFailsFromSomeJobOn(String command, FaultySpark.Fault fault) throws IOException {
    boolean ofRun = command.equals("evaluate") || command.equals("predict");
    if (ofRun) {
      trainAndKeep();
      FileUtil.fullyDelete(folder.resolve("kept/packs").toFile());
    }
    List<String> wrong = new ArrayList<>();
    int failed = 0;
    for (int count : List.of(0, 1, 2, 4, 7)) {
      FileUtil.fullyDelete(folder.resolve("runs").toFile());
      if (ofRun) {
        copy("kept", "runs");
      }
      Ended ended;
      try (FaultySpark faulty =
          FaultySpark.after(count, fault, SparkTest.session().sparkContext())) {
        ended = type(command);
      }
      failed += ended.code() == 0 ? 0 : 1;
      if (!List.of(0, 75).contains(ended.code()) || ended.err().contains("\tat ")) {
        wrong.add(command + " after " + count + ": " + ended);
      }
    }
    assertThat(wrong).isEmpty();
    if (fault != FaultySpark.Fault.TASK_KILLED) {
      assertThat(failed).isPositive();
    }
  }

  /** A user-defined function in a query, which fails on some row. */
  @Test
  void aFunctionOfTheUsersThatFails() {
    SparkTest.session()
        .udf()
        .register(
            "faulty",
            (UDF1<Long, Double>)
                value -> {
                  throw FaultyFiles.foreign("no more than " + value);
                },
            DataTypes.DoubleType);
    bench.job(
        Workbench.JOB.replace(
            "format: csv, path: rows.csv",
            "format: sql, query: \"select faulty(id) as x, 'a' as label from range(99)\""));
    for (String command : List.of("train", "plan")) {
      Ended ended = type(command);
      assertThat(ended.code()).as(ended.err()).isEqualTo(65);
      assertThat(ended.err()).contains("error: Cannot read select faulty(id)", "no more than");
      assertThat(ended.err()).doesNotContain("\tat "); // Spark's own log has the stack trace
    }
  }

  @Test
  void importersThatFail() {
    List<String> wrong = new ArrayList<>();
    bench.write("bad.h5", new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 1, 2, 3});
    bench.write("bad.zip", "PK no zip");
    bench.write("bad.json", "{\"confs\": [null], \"vertices\": 3}");
    for (String source : List.of("keras: bad.h5", "zip: bad.zip", "json: bad.json")) {
      for (String command : List.of("train", "plan")) {
        bench.job(
            Workbench.JOB
                .replace("{name: logistic}", "{" + source + "}")
                .replace("training: {", "training: {optimizer: {name: sgd}, "));
        Ended ended = type(command);
        if (ended.code() != 78 || !ended.err().contains("bad.") || ended.err().contains("Packed")) {
          wrong.add(command + " of " + source + ": " + ended);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private Ended type(String command) {
    String faulty = "dying://" + folder;
    String run = faulty + "/runs/small";
    return switch (command) {
      case "train", "plan" ->
          bench.type(
              command,
              bench.path("job.yaml").toString(),
              "--run-id",
              "small",
              "--set",
              "output=" + faulty + "/runs",
              "--set",
              "data.folder=" + faulty);
      case "predict" ->
          bench.type(
              command,
              run,
              "--input",
              faulty + "/rows.csv",
              "--output",
              faulty + "/out" + outputs++);
      default -> bench.type(command, run);
    };
  }
}
