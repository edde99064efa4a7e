package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run's id is held to, and which checkpoints a run goes on from. */
class RunIdTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void runThatIsDoneEndsAtOnce() throws IOException {
    bench.train().well();
    Map<String, String> before = files();

    Ended again = bench.train().well();

    assertThat(again.err()).isEqualTo("Run small is done already\n");
    assertThat(again.out()).startsWith("small: done after 3 steps in 1 epochs");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void runIdOfAnotherJobIsRefusedAndKept() throws IOException {
    bench.train().well();
    Map<String, String> before = files();
    String refusal =
        "Invalid --run-id: must be one that no other job has used; "
            + folder
            + "/runs/small was trained with other settings, got small";

    bench.train("--set", "seed=2").failed(78, refusal);
    bench.train("--set", "seed=2", "--resume", "never").failed(78, refusal);

    assertThat(files()).isEqualTo(before);
  }

  @Test
  void mustResumeFindsNoCheckpoint() {
    bench
        .train("--resume", "must")
        .failed(78, "Cannot resume: there is no checkpoint in " + folder + "/runs/small");
    assertThat(bench.run("")).doesNotExist();
  }

  @Test
  void neverResumeBeginsAnew() throws IOException {
    bench.train().well();
    RunReport first = bench.report();
    Files.delete(bench.run("result.json"));

    Path old = bench.run("checkpoints/step-000000000099.ckpt");
    Files.copy(bench.run("checkpoints/step-000000000003.ckpt"), old);

    Ended second = bench.train("--resume", "never").well();

    assertThat(second.err()).contains("Epoch 1: ").doesNotContain("Going on");
    assertThat(old).doesNotExist();
    assertThat(bench.report().parametersSha256()).isEqualTo(first.parametersSha256());
  }

  @Test
  void damagedCheckpointIsSkippedForTheOneBefore() throws IOException {
    bench.train("--set", "training.epochs=3").well();
    RunReport whole = bench.report();
    Files.delete(bench.run("result.json"));
    Path newest = bench.run("checkpoints/step-000000000009.ckpt");
    byte[] bytes = Files.readAllBytes(newest);
    Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));
    Files.deleteIfExists(bench.run("checkpoints/.step-000000000009.ckpt.crc"));
    Files.write(bench.run("checkpoints/step-000000000012.ckpt.unfinished"), bytes);

    Ended resumed = bench.train("--set", "training.epochs=3", "--resume", "must").well();

    assertThat(resumed.err())
        .containsOnlyOnce("Skipped checkpoint " + newest + ": a section's length is wrong\n")
        .contains("Going on after step 6 from its checkpoint\n")
        .contains("Epoch 3: ")
        .doesNotContain("Epoch 2: ");
    assertThat(resumed.log()).doesNotContain("Skipped");
    assertThat(bench.report().parametersSha256()).isEqualTo(whole.parametersSha256());
    assertThat(bench.leftovers()).isEmpty();
  }

  @Test
  void historyOfAResumedRunHasTheMetricsOfAllEpochs() throws IOException {
    String[] job = {"--set", "training.epochs=3", "--set", "data.validation.fraction=0.25"};
    bench.train(job).well();
    String whole = Workbench.text(bench.run("history.csv"));
    Files.delete(bench.run("result.json"));
    Files.delete(bench.run("history.csv"));
    Files.delete(bench.run("checkpoints/step-000000000009.ckpt"));

    Ended resumed = bench.train(job).well();

    assertThat(resumed.err()).contains("Going on after step 6 from its checkpoint\n");
    assertThat(whole.lines().findFirst())
        .hasValueSatisfying(
            header ->
                assertThat(header)
                    .startsWith("epoch,train.loss,validation.accuracy,")
                    .contains(",validation.loss"));
    assertThat(whole.lines()).hasSize(4).noneMatch(line -> line.contains(",,"));
    assertThat(whole.lines().skip(3))
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("3," + bench.report().metrics().get("train.loss") + ",")
                    .contains("," + bench.report().metrics().get("validation.accuracy") + ","));
    assertThat(Workbench.text(bench.run("history.csv"))).isEqualTo(whole);
  }

  @Test
  void averagingSaysOnceWhoseOptimizerStateAResumedRunHas() throws IOException {
    String[] job = {"--set", "training.epochs=2", "--set", "training.sync=averaging"};
    String note =
        "All workers go on with the optimizer state of rank 0, since"
            + " training.averaging.optimizerState is false\n";
    assertThat(bench.train(job).well().err()).doesNotContain(note);
    Files.delete(bench.run("result.json"));
    Files.delete(bench.run("checkpoints/step-000000000006.ckpt"));

    assertThat(bench.train(job).well().err()).containsOnlyOnce(note);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>(); // [path -> time and length]
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        files.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return files;
  }
}
