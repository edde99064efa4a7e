package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.run.TrainJob;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are asked to stop, or that lose Spark, at any point. */
class StopTest {
  private static final String GOES_ON =
      "To resume the run, repeat the command with the same --run-id.\n";

  @TempDir private Path folder;
  private Workbench bench;
  private Thread someoneElse = new Thread();

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void exits75WhenStoppedWhileItPacks() {
    StopRequest stop = new StopRequest();
    Ended ended = atFirstJob(() -> stop.ask("SIGTERM"), () -> train(stop));

    assertThat(ended.err()).endsWith("error: Stopped by SIGTERM\n" + GOES_ON);
    assertThat(ended.code()).isEqualTo(75);
    ended.withoutNoise();
    bench.train().well();
  }

  @Test
  void exits75WhenStoppedWhileItEvaluates() {
    bench.train().well();
    String run = bench.path("runs/small").toString();
    StopRequest stop = new StopRequest();
    Ended ended = atFirstJob(() -> stop.ask("SIGINT"), () -> bench.type(stop, "evaluate", run));

    assertThat(ended.err()).endsWith("error: Stopped by SIGINT\n" + GOES_ON);
    assertThat(ended.code()).isEqualTo(75);
    ended.withoutNoise();
    bench.type("evaluate", run).well();
  }

  @Test
  @Timeout(120)
  void saysThatSparkIsGoneInsteadOfTryingAgain() throws InterruptedException {
    Shell shell = new Shell();
    SparkTest.stop();
    shell.train(
        (job, options, spark, progress) ->
            TrainJob.run(job, options, spark, onTraining(line -> stop(spark.sparkContext()))));
    String[] line = {
      "train",
      bench.path("job.yaml").toString(),
      "--set",
      "output=" + bench.path("runs"),
      "--set",
      "training.epochs=100000",
      "--master",
      "local[2]"
    };

    int code = shell.run(line);
    someoneElse.join(); // otherwise the next test would get the session that is still stopping
    awaitNoTasks();

    assertThat(code).as(shell.err()).isEqualTo(75);
    assertThat(shell.err())
        .isEqualTo("error: Cannot continue: Spark was stopped from outside\n" + GOES_ON);
  }

  private Ended train(StopRequest stop) {
    return bench.type(
        stop,
        "train",
        bench.path("job.yaml").toString(),
        "--run-id",
        "small",
        "--set",
        "output=" + bench.path("runs"));
  }

  /** Runs a command; performs an action when it starts its first Spark job. */
  private static Ended atFirstJob(Runnable happening, Supplier<Ended> command) {
    SparkContext spark = SparkTest.session(2).sparkContext();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            happening.run();
          }
        };
    spark.addSparkListener(listener);
    try {
      return command.get();
    } finally {
      spark.removeSparkListener(listener);
      awaitIdle(spark);
    }
  }

  private void stop(SparkContext spark) {
    someoneElse = new Thread(spark::stop, "someone-else");
    someoneElse.start();
  }

  /** The tasks of a session that was stopped notice it a little later. */
  private static void awaitNoTasks() {
    while (Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(call -> call.getClassName().endsWith("Executor$TaskRunner"))) {
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** Tasks of a cancelled job notice it a little later. */
  private static void awaitIdle(SparkContext spark) {
    for (int calm = 0; calm < 5; ) {
      LockSupport.parkNanos(50_000_000);
      boolean busy =
          spark.statusTracker().getActiveJobIds().length > 0
              || Arrays.stream(spark.statusTracker().getExecutorInfos())
                  .anyMatch(executor -> executor.numRunningTasks() > 0);
      calm = busy ? 0 : calm + 1;
    }
  }

  /** Performs an action when the first step is shown. */
  private static Progress onTraining(Consumer<String> happening) {
    return new Progress() {
      private boolean done;

      @Override
      public void say(String line) {}

      @Override
      public void begin(String task, long total) {}

      @Override
      public synchronized void at(long step, String detail) {
        if (!done) {
          done = true;
          happening.accept(detail);
        }
      }

      @Override
      public void end() {}
    };
  }
}
