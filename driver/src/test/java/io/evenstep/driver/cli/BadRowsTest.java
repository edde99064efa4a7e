package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad row exits with 65 and is named with its file, row and column. */
class BadRowsTest {
  @TempDir private Path folder;
  private Workbench bench;
  private Path rows;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
    rows = bench.path("rows.csv");
  }

  @AfterEach
  void leavesNothingHalfDone() {
    assertThat(bench.leftovers()).isEmpty();
    assertThat(bench.run("")).doesNotExist();
  }

  private void append(String... lines) {
    bench.write("rows.csv", Workbench.rows(64) + String.join("\n", lines) + "\n");
  }

  @Test
  void headerOfAnotherFile() {
    Path test = bench.write("test.csv", "x,z,label\n1,2,left\n");
    bench
        .train("--set", "data.test.fraction=0", "--set", "data.test.path=" + test)
        .failed(65, "Invalid columns of " + test + ": must include [y], got [x, z, label]");
  }

  @Test
  void rowOfAnotherWidth() {
    append("1,2");
    bench.train().failed(65, "Invalid data in " + rows + ", row 65: must have 3 fields, got 1,2");
  }

  @Test
  void wordInANumericColumn() {
    append("1,two,left");
    bench
        .train()
        .failed(65, "Invalid data in " + rows + ", row 65, column y: must be a number, got two");
  }

  @Test
  void notANumber() {
    append("NaN,2,left");
    bench
        .train()
        .failed(65, "Invalid data in " + rows + ", row 65, column x: must be finite, got NaN");
  }

  @Test
  void labelOutsideTheClasses() {
    append("1,2,up");
    bench
        .train("--set", "data.classes=left,right")
        .failed(
            65,
            "Invalid data in "
                + rows
                + ", row 65, column label: must be one of [left, right], got up");
  }

  @Test
  void classOfTheTestRowsAlone() {
    Path test = bench.write("test.csv", "x,y,label\n1,2,left\n1,2,up\n");
    bench
        .train("--set", "data.test.fraction=0", "--set", "data.test.path=" + test)
        .failed(
            65,
            "Invalid data in "
                + test
                + ", row 2, column label: up is a class that no training row has");
  }
}
