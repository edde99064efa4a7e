package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.FaultyDiskFixture;
import io.evenstep.driver.SparkTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disks and file systems that fail, wherever a command uses them: never exit code 70. */
@Tag("slow")
class DiskFaultsTest {
  private static final String FULL = "No space left on device";
  private static final List<String> RETRIES =
      List.of("ipc.client.connect.max.retries", "ipc.client.connect.max.retries.on.timeouts");

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
    Configuration hadoop = hadoop();
    FaultyDiskFixture.addTo(hadoop);
    RETRIES.forEach(name -> hadoop.set(name, "0"));
  }

  @AfterEach
  void mend() {
    FaultyDiskFixture.fail("(?!)", "");
    RETRIES.forEach(hadoop()::unset);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "blocks-       | Cannot write",
        "index.json    | Cannot write a pack below",
        "step-         | Cannot write checkpoint",
        "model.zip     | Cannot write model",
        "result.json   | Cannot write",
        "lease.json    | Cannot train run small: cannot write the lease file",
      })
  void fullDiskIsSaidWithItsPathAndTheRerunGoesOn(String file, String cannot) {
    FaultyDiskFixture.fail(file, FULL);

    Ended full = train();

    assertThat(full.code()).as(full.err()).isEqualTo(75);
    assertThat(told(full))
        .contains(
            "error: Cannot ", "the disk is full or its quota is used up; free some space there");
    assertThat(full.err()).contains("error: " + cannot + " faulty:");
    FaultyDiskFixture.fail("(?!)", "");
    train().well();
    assertThat(bench.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Input/output error          | 75 | the disk or its server has failed",
        "Something else              | 75 | Something else",
        "Permission denied           | 78 | access is denied",
      })
  void otherFaultsOfADiskAreTold(String words, int code, String said) {
    FaultyDiskFixture.fail("step-", words);
    Ended ended = train();
    assertThat(ended.code()).as(ended.err()).isEqualTo(code);
    assertThat(told(ended)).contains("error: Cannot write checkpoint", said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3a://bucket/x     | 78 | no file system of that kind is on the class path",
        "nonsense://b/x     | 78 | no file system of that kind is on the class path",
        "hdfs://127.0.0.1:1/x | 75 | its server does not answer",
        "hdfs://no-such-host.invalid/x | 78 | there is no host of that name",
        "http://127.0.0.1:1/x | 78 | HTTP is read-only",
        "/proc/none         | 78 | must be a folder that can be written to",
      })
  void placesThatCannotBeWrittenAreRefused(String place, int code, String said) {
    Ended train = bench.train("--set", "output=" + place);
    assertThat(train.code()).as(train.err()).isEqualTo(code);
    assertThat(told(train)).contains(said);
    bench.train().well();

    Ended predict = predict(place);
    assertThat(predict.code()).as(predict.err()).isIn(75, 78);
    assertThat(told(predict)).contains("error: ");
    for (String[] line :
        new String[][] {
          {"inspect", place}, {"evaluate", place}, {"plan", place}, {"train", place}
        }) {
      Ended ended = bench.type(line);
      assertThat(ended.code()).as(line[0] + ": " + ended.err()).isIn(75, 78);
      told(ended);
    }
    Ended data = bench.train("--set", "data.path=" + place, "--run-id", "other");
    assertThat(data.code()).as(data.err()).isIn(65, 75, 78);
    told(data);
    Ended packs = bench.train("--set", "data.packs=" + place, "--run-id", "other");
    assertThat(packs.code()).as(packs.err()).isIn(64, 65, 75, 78);
    told(packs);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "part-     | csv     | No space left on device | Cannot write to faulty:",
        "part-     | parquet | No space left on device | Cannot write to faulty:",
        "part-     | parquet | Read-only file system   | Cannot write to faulty:",
        "part-     | csv     | Input/output error      | Cannot write to faulty:",
        "part-     | csv     | Something else          | Cannot write to faulty:",
        ".lease    | csv     | No space left on device | cannot write the lease file faulty:",
      })
  void predictToADiskThatFailsLeavesNothingAndIsTriedAgain(
      String file, String format, String words, String cannot) {
    bench.train().well();
    FaultyDiskFixture.fail(file, words);
    String out = "faulty:" + bench.path("out");

    Ended full = predict(out, format);

    assertThat(full.code()).as(full.err()).isEqualTo(75);
    assertThat(told(full)).contains(cannot);
    assertThat(bench.path("out")).doesNotExist();
    FaultyDiskFixture.fail("(?!)", "");
    predict(out, format).well();
    assertThat(Files.exists(bench.path("out/_SUCCESS"))).isTrue();
  }

  /** What the user is told; the log may have messages of Spark and Hadoop. */
  private static String told(Ended ended) {
    assertThat(ended.err())
        .contains("error: ")
        .doesNotContain("\tat ", "a bug in Evenstep")
        .doesNotContainPattern("error: .*\\w(Exception|Error)\\b");
    return ended.err();
  }

  private Ended train() {
    return bench.train("--set", "output=faulty:" + bench.path("runs"));
  }

  /** Its pack is gone, so the rows are packed again. */
  @Test
  void evaluateOnAFullDiskIsSaidWithItsPathAndTriedAgain() {
    train().well();
    FileUtil.fullyDelete(bench.path("runs/packs").toFile());
    FaultyDiskFixture.fail("blocks-", FULL);
    String run = "faulty:" + bench.run("");

    Ended full = bench.type("evaluate", run);

    assertThat(full.code()).as(full.err()).isEqualTo(75);
    assertThat(told(full)).contains("error: Cannot write faulty:", "blocks-", "the disk is full");
    FaultyDiskFixture.fail("(?!)", "");
    bench.type("evaluate", run).well();
  }

  private Ended predict(String to) {
    return predict(to, "csv");
  }

  private Ended predict(String to, String format) {
    String rows = bench.path("rows.csv").toString();
    return bench.type(
        "predict", bench.run("").toString(), "--input", rows, "--output", to, "--format", format);
  }

  private static Configuration hadoop() {
    return SparkTest.session().sparkContext().hadoopConfiguration();
  }
}
