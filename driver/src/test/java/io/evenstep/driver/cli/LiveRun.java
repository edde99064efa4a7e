package io.evenstep.driver.cli;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.control.TemporaryException;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.TrainJob;
import io.evenstep.driver.run.TrainOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;

/** A training that runs until it is told to stop, and serves its page. */
final class LiveRun implements AutoCloseable {
  private final StopRequest stop = new StopRequest();
  private final CompletableFuture<String> address = new CompletableFuture<>();
  private final CompletableFuture<Void> steps = new CompletableFuture<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread thread;

  /**
   * Starts it.
   *
   * @param more keys and values of settings, alternating
   */
  LiveRun(Workbench bench, String... more) {
    Map<String, String> sets = new LinkedHashMap<>();
    sets.put("output", bench.path("runs").toString());
    sets.put("training.epochs", "1000000");
    for (int i = 0; i < more.length; i += 2) {
      sets.put(more[i], more[i + 1]);
    }
    JobConfig job = JobConfig.read(bench.path("job.yaml"), new Overrides(sets, Map.of()));
    SparkSession spark = SparkTest.session(2);
    TrainOptions options = new TrainOptions("live", Resume.AUTO, stop);
    thread = new Thread(() -> train(job, options, spark), "live-run");
    thread.start();
  }

  private void train(JobConfig job, TrainOptions options, SparkSession spark) {
    try {
      TrainJob.run(job, options, spark, progress());
    } catch (TemporaryException e) {
      lines.add(String.valueOf(e.getMessage())); // stopped
    } catch (RuntimeException e) {
      address.completeExceptionally(e);
      steps.completeExceptionally(e);
    }
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void say(String line) {
        lines.add(line);
        if (line.startsWith("Live page: ")) {
          address.complete(line.substring("Live page: ".length()));
        }
      }

      @Override
      public void begin(String task, long total) {}

      @Override
      public void at(long done, String detail) {
        steps.complete(null);
      }

      @Override
      public void end() {}
    };
  }

  /** The address of the page, as the run has printed it. */
  String address() throws Exception {
    return address.get(1, TimeUnit.MINUTES);
  }

  /** Waits until it has completed some steps. */
  LiveRun awaitSteps() throws Exception {
    steps.get(1, TimeUnit.MINUTES);
    return this;
  }

  /** Everything that it has printed. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Asks it to stop and waits for its end. */
  @Override
  public void close() throws InterruptedException {
    stop.ask("the test");
    thread.join();
  }
}
