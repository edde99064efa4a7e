package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.ObjectStoreFixture;
import io.evenstep.driver.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.internal.io.FileCommitProtocol.TaskCommitMessage;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.collection.JavaConverters;

/** Each row exactly once, or no rows at all, whatever happens to the attempts that write them. */
class UploadCommitTest {
  private static final String JOB = "0af1";

  @TempDir private Path folder;
  private final Configuration settings = new Configuration();
  private String output;

  @BeforeEach
  void chooseAnOutput() {
    output = "objects:" + folder + "/out";
    ObjectStoreFixture.addTo(settings);
  }

  @AfterAll
  static void leaveNoSessionThatRetries() {
    SparkTest.stop();
  }

  @Test
  void writesEachRowOnceThoughTasksFailHalfWay() throws IOException {
    write("local[2,2]", row -> TaskContext.get().attemptNumber() == 0 && row % 10 == 7);

    List<Integer> numbers = read();
    assertThat(numbers).isEqualTo(IntStream.range(0, 40).boxed().toList());
    assertThat(objects()).hasSize(4 + 1).contains("_SUCCESS");
  }

  @Test
  void takesBackWhatWasWrittenWhenATaskFailsForGood() {
    // one task at a time: all before the last have uploaded
    assertThatThrownBy(() -> write("local[1]", row -> row == 35)).hasMessageContaining("aborted");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void namesAFileAlikeInEveryAttempt() {
    for (int attempt = 0; attempt < 2; attempt++) {
      UploadCommit protocol = new UploadCommit(JOB, output);
      protocol.setupTask(context(attempt));
      String file = protocol.newTaskTempFile(context(attempt), Option.apply("a=1"), "-c000.csv");
      protocol.abortTask(context(attempt));
      assertThat(file).startsWith("file:").endsWith("/a=1/" + name());
    }
  }

  @Test
  void holdsTheRowsOfOneAttemptWhereTwoHaveWritten() throws IOException {
    TaskUpload first = attempt("one");
    TaskUpload second = attempt("two");
    TaskUpload third = attempt("half");

    first.commitTask(context(0));
    second.commitTask(context(1));
    for (TaskUpload attempt : List.of(first, second, third)) {
      attempt.abortTask(context(0));
    }

    assertThat(objects()).containsExactly(name());
    assertThat(folder.resolve("out").resolve(name())).hasContent("two");
  }

  @Test
  void removesWhatNoWinnerNames() throws IOException {
    TaskUpload won = attempt("rows");
    won.commitTask(context(0));
    won.removeLocal();
    Files.writeString(folder.resolve("out/part-00000-" + JOB + "-c001.csv"), "of a dead attempt");
    Files.writeString(folder.resolve("out/of-somebody-else.csv"), "stays");

    commit(won.uploaded());

    assertThat(objects()).containsExactlyInAnyOrder(name(), "of-somebody-else.csv", "_SUCCESS");
  }

  @Test
  void isNotDoneWhenAnUploadIsGone() {
    assertThatThrownBy(() -> commit(List.of("objects:" + folder + "/out/gone.csv")))
        .hasRootCauseMessage(
            "these files were uploaded but do not exist: [objects:" + folder + "/out/gone.csv]");
    assertThat(folder.resolve("out/_SUCCESS")).doesNotExist();
  }

  private void write(String master, Fault fault) {
    SparkTest.stop();
    SparkSession spark =
        SparkSession.builder()
            .master(master)
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    ObjectStoreFixture.addTo(spark.sparkContext().hadoopConfiguration());
    UploadCommit.useFor(new org.apache.hadoop.fs.Path(output), spark);
    MapFunction<Long, Integer> row = number -> Fault.in(number.intValue(), fault);
    spark.range(0, 40, 1, 4).map(row, Encoders.INT()).write().csv(output);
  }

  private List<Integer> read() {
    return SparkSession.active().read().csv(output).collectAsList().stream()
        .map(row -> Integer.valueOf(row.getString(0)))
        .sorted()
        .toList();
  }

  /** Which rows fail the task that writes them. */
  @FunctionalInterface
  interface Fault extends java.io.Serializable {
    boolean at(int row);

    static int in(int row, Fault fault) {
      if (fault.at(row)) {
        throw new IllegalStateException("row " + row);
      }
      return row;
    }
  }

  /** An attempt that has written its file to its own disk. */
  private TaskUpload attempt(String content) throws IOException {
    TaskUpload upload = new TaskUpload(new org.apache.hadoop.fs.Path(output));
    Files.writeString(local(upload.add(name())), content);
    return upload;
  }

  private static Path local(String path) {
    return Path.of(new org.apache.hadoop.fs.Path(path).toUri().getPath());
  }

  private static String name() {
    return "part-00000-" + JOB + "-c000.csv";
  }

  private TaskAttemptContext context(int attempt) {
    return new TaskAttemptContextImpl(
        settings, new TaskAttemptID("evenstep", 1, TaskType.MAP, 0, attempt));
  }

  private void commit(List<String> uploaded) {
    UploadCommit protocol = new UploadCommit(JOB, output);
    protocol.setupJob(context(0));
    protocol.commitJob(
        context(0),
        JavaConverters.asScalaBuffer(List.of(new TaskCommitMessage(List.copyOf(uploaded)))));
  }

  private List<String> objects() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
