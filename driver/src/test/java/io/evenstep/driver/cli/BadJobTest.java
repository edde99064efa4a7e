package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that cannot run as written exits with 78 and says what to fix. */
class BadJobTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void unknownKey() {
    bench.job(Workbench.JOB + "trainig: {batch: 3}\n");
    bench
        .train()
        .failed(
            78, "Invalid trainig.batch: must be a known key; did you mean training.batch?, got 3");
  }

  @Test
  void wrongType() {
    bench
        .train("--set", "training.batch=many")
        .failed(78, "Invalid training.batch: must be a whole number, got many");
  }

  @Test
  void negativeBatch() {
    bench
        .train("--set", "training.batch=-3")
        .failed(78, "Invalid training.batch: must be at least 1, got -3");
  }

  @Test
  void allProblemsAtOnce() {
    bench
        .train("--set", "training.batch=-3", "--set", "seed=x", "--set", "model.nam=mlp")
        .failed(
            78,
            "Invalid model.nam: must be a known key; did you mean model.name?, got mlp",
            "Invalid seed: must be a whole number, got x",
            "Invalid training.batch: must be at least 1, got -3");
  }

  @Test
  void fewerRowsThanOneBatch() {
    bench.write("rows.csv", Workbench.rows(12));
    bench
        .train("--set", "data.test.fraction=0")
        .failed(78, "Invalid training.batch: must be at most the 12 training rows, got 16");
    assertThat(bench.run("")).doesNotExist();
  }

  @Test
  void modelOfAnotherKindOfInput() {
    bench
        .train("--set", "model.name=lenet")
        .failed(
            78,
            "Invalid model.name lenet, layer 0: needs IMAGE [channels, height, width] but gets"
                + " VECTOR [2], got conv2d");
  }

  @Test
  void modelOfAnotherInputSize() {
    Saved.json(bench.path("nine.json"), 9, 2);
    bench
        .job(Workbench.JOB.replace("name: logistic", "json: nine.json"))
        .train()
        .failed(
            78,
            "Cannot train the network on these data: the model's inputs are [[9]], but the data's"
                + " are [[2]]");
  }

  @Test
  void modelOfAnotherNumberOfClasses() {
    Saved.json(bench.path("three.json"), 2, 3);
    bench
        .job(Workbench.JOB.replace("name: logistic", "json: three.json"))
        .train()
        .failed(
            78,
            "Cannot train the network on these data: the model's outputs are [[3]], but the data's"
                + " are [[2]]");
  }

  @Test
  void labelThatIsNoColumn() {
    bench
        .train("--set", "data.label=sort")
        .failed(
            78,
            "Invalid data.label: must name columns of "
                + bench.path("rows.csv")
                + " [x, y, label], got sort");
  }

  @Test
  void moreWorkersThanSlots() {
    long began = System.nanoTime();
    bench
        .train("--set", "training.workers=3")
        .failed(
            78,
            "Invalid training.workers: must be at most the 2 task slots that local[2] offers, got"
                + " 3");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void dynamicAllocation() {
    bench
        .train("--conf", "spark.dynamicAllocation.enabled=true")
        .failed(
            78,
            "Invalid spark.dynamicAllocation.enabled: must be false, because all workers of a run"
                + " train at the same time, got true");
  }

  @Test
  void outputThatCannotBeWritten() {
    Path file = bench.write("file.txt", "not a folder");
    bench
        .train("--set", "output=" + file + "/runs")
        .failed(
            78,
            "Invalid output: must be a folder that can be written to, got " + file + "/runs/small");
  }
}
