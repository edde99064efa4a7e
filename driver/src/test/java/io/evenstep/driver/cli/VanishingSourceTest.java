package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A data file that becomes unreadable at any moment: before the first pass, between two passes, or
 * while predictions are written. The user is told which file it is.
 */
@Tag("slow")
class VanishingSourceTest {
  private static final int MOST_OPENINGS = 40;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
    SparkTest.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.vanishing.impl", VanishingFiles.class.getName());
    bench.write(
        "columns.json",
        "{\"x\": 1, \"y\": 2, \"label\": \"left\"}\n".repeat(40)
            + "{\"x\": 2, \"y\": 1, \"label\": \"right\"}\n".repeat(24));
  }

  @AfterEach
  void heal() {
    VanishingFiles.heal();
  }

  @ParameterizedTest
  @CsvSource({
    "train, csv, DELETED",
    "train, csv, FORBIDDEN",
    "train, csv, BROKEN",
    "train, json, DELETED",
    "train, json, FORBIDDEN",
    "plan, csv, DELETED",
    "predict, csv, DELETED",
    "predict, json, FORBIDDEN",
    "evaluate, csv, DELETED",
    "evaluate, json, BROKEN"
  })
  void isNamed(String command, String format, VanishingFiles.Way way) {
    String file = format.equals("csv") ? "rows.csv" : "columns.json";
    String reader = format.equals("csv") ? "csv" : "spark, reader: json, label: label";
    bench.job(Workbench.JOB.replace("csv, path: rows.csv", reader + ", path: " + file));
    List<String> wrong = new ArrayList<>();
    int failed = 0;
    for (int openings = 0; openings < MOST_OPENINGS; openings++) {
      VanishingFiles.heal();
      FileUtil.fullyDelete(folder.resolve("runs").toFile());
      FileUtil.fullyDelete(folder.resolve("out").toFile());
      if (command.equals("predict") || command.equals("evaluate")) {
        bench.train().well();
      }
      VanishingFiles.failAfter(openings, way);
      Ended ended = type(command, "vanishing://" + folder + "/" + file);
      boolean told = List.of(65, 75, 78).contains(ended.code()) && ended.err().contains(file);
      if (VanishingFiles.hasFailed()) {
        failed++;
      }
      if (!VanishingFiles.hasFailed() && ended.code() == 0) {
        break;
      }
      if (!told && ended.code() != 0) {
        wrong.add("after " + openings + " openings: " + ended);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(failed).isGreaterThan(1);
  }

  private Ended type(String command, String file) {
    return switch (command) {
      case "train" -> bench.train("--set", "data.path=" + file);
      case "plan" ->
          bench.type("plan", bench.path("job.yaml").toString(), "--set", "data.path=" + file);
      case "predict" ->
          bench.type(
              "predict",
              bench.run("").toString(),
              "--input",
              file,
              "--output",
              bench.path("out").toString());
      default -> bench.type(command, bench.run("").toString(), "--set", "data.test.path=" + file);
    };
  }
}
