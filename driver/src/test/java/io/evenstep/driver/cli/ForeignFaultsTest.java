package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command reports for a failure that no code on the way has explained. */
class ForeignFaultsTest {
  @TempDir private Path run;
  private final Shell shell = new Shell();

  @BeforeAll
  static void shareASession() {
    SparkTest.session();
  }

  @BeforeEach
  void writeRun() throws IOException {
    String yaml = "data: {format: csv, path: x.csv, header: false}\nmodel: {name: mlp}\n";
    JobConfig job = JobConfig.parse(yaml, "job.yaml", "/jobs", Overrides.NONE);
    Files.writeString(run.resolve("config.json"), job.toJson());
  }

  @Test
  void aFullScratchDiskOfSparksIsNamedWithTheRoomLeft() {
    fails(aborted(new IOException("No space left on device")), 75);
    assertThat(shell.err())
        .containsPattern(
            "error: Cannot write to Spark's scratch folder /.*: the disk is full or its quota is"
                + " used up; free some space there, [\\d,]+ bytes are free\n");
  }

  @Test
  void aSettingThatSparkFindsTooSmallOnTheWayIsNamed() {
    fails(
        new SparkException(
            "Job aborted due to stage failure: Total size of serialized results of 3 tasks (9.0"
                + " MiB) is bigger than spark.driver.maxResultSize (1.0 MiB)"),
        78);
    assertThat(shell.err()).startsWith("error: Cannot use Spark's setting spark.driver.maxResult");
  }

  @Test
  void aJobThatSparkGaveUpIsTriedAgain() {
    SparkException cancelled = new SparkException("Job 3 cancelled");
    cancelled.setStackTrace(frame("org.apache.spark.scheduler.DAGScheduler"));
    fails(cancelled, 75);
    assertThat(shell.err())
        .startsWith(
            "error: Cannot continue: org.apache.spark.scheduler failed, Job 3 cancelled; see the"
                + " log for details\n");
  }

  @Test
  void codeOfOthersIsNamed() {
    fails(aborted(FaultyFiles.foreign("the bucket has been emptied")), 75);
    assertThat(shell.err())
        .startsWith(
            "error: Cannot continue: com.example.store failed, the bucket has been emptied;");
  }

  /** As received from an executor whose exception cannot be sent. */
  @Test
  void codeOfOthersIsKnownByTheTraceInAMessage() {
    fails(
        new IllegalStateException(
            "Rank 0 failed: x\n"
                + "java.lang.IllegalStateException: x\n"
                + "\tat io.evenstep.worker.A.b(A.java:1)\n"
                + "Caused by: java.lang.IllegalStateException: y\n"
                + "\tat java.util.A.b(A.java:2)\n"
                + "\tat com.example.store.Client.call(Client.java:3)"),
        75);
    assertThat(shell.err()).startsWith("error: Cannot continue: com.example.store failed, Rank 0");
  }

  @Test
  void aFaultOfOursStaysOne() {
    RuntimeException ours = new IllegalStateException("index 3");
    ours.setStackTrace(frame("io.evenstep.worker.train.Worker"));
    fails(ours, 70);
    fails(aborted(ours), 70);
    RuntimeException underneath = new IllegalStateException("no array");
    underneath.setStackTrace(frame("org.nd4j.linalg.factory.Nd4j"));
    fails(aborted(underneath), 70);
    fails(new NullPointerException("of this very test"), 70);
    assertThat(shell.err())
        .startsWith("error: Cannot continue because of a bug in Evenstep; please");
  }

  private void fails(Exception failure, int code) {
    shell.predict(
        (request, spark, progress) -> {
          throw ForeignFaultsTest.<RuntimeException>unchecked(failure);
        });
    int ended = shell.run("predict", run.toString(), "--input", "i", "--output", "o");
    assertThat(ended).as(shell.err()).isEqualTo(code);
  }

  /** Spark throws checked exceptions without declaring them. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> E unchecked(Exception failure) throws E {
    throw (E) failure;
  }

  private static SparkException aborted(Throwable cause) {
    return new SparkException("Job aborted due to stage failure: " + cause, cause);
  }

  private static StackTraceElement[] frame(String type) {
    return new StackTraceElement[] {new StackTraceElement(type, "work", "A.java", 1)};
  }
}
