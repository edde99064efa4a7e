package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of a run's id, and the checkpoints from which a run resumes. */
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

    assertThat(again.err()).isEqualTo("Run small has already finished\n");
    assertThat(again.out()).startsWith("small: done after 3 steps in 1 epochs");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void runIdOfAnotherJobIsRefusedAndKept() throws IOException {
    bench.train().well();
    Map<String, String> before = files();
    String refusal =
        "Invalid --run-id: must not belong to another job: "
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
        .failed(
            78,
            "Cannot resume: there is no checkpoint in "
                + folder
                + "/runs/small; use --resume auto to start");
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
    assertThat(bench.report().model().parametersSha256())
        .isEqualTo(first.model().parametersSha256());
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
        .contains("Resuming after step 6 from its checkpoint\n")
        .contains("Epoch 3: ")
        .doesNotContain("Epoch 2: ");
    assertThat(resumed.log()).doesNotContain("Skipped");
    assertThat(bench.report().model().parametersSha256())
        .isEqualTo(whole.model().parametersSha256());
    assertThat(bench.leftovers()).isEmpty();
  }

  @Test
  void runWhoseCheckpointsAreGoneSaysThatItBeginsAgain() throws IOException {
    String said = "Starting again at step 1: no replica and no intact checkpoint is left\n";
    assertThat(bench.train().well().err()).doesNotContain("Starting again");
    String weights = bench.report().model().parametersSha256();
    Files.delete(bench.run("result.json"));
    Path checkpoint = bench.run("checkpoints/step-000000000003.ckpt");
    Files.write(checkpoint, new byte[100]);

    assertThat(bench.train().well().err())
        .contains("Skipped checkpoint " + checkpoint)
        .containsOnlyOnce(said);

    Files.delete(bench.run("result.json"));
    FileUtil.fullyDelete(bench.run("checkpoints").toFile());
    assertThat(bench.train().well().err()).containsOnlyOnce(said);
    assertThat(bench.report().model().parametersSha256()).isEqualTo(weights);
  }

  @Test
  void damagedResultIsWrittenAgain() throws IOException {
    bench.train().well();
    String weights = bench.report().model().parametersSha256();
    Files.writeString(bench.run("result.json"), "{\"status\"");

    assertThat(bench.train().well().err())
        .contains("Writing the results of the run again: Cannot read result");
    assertThat(bench.report().model().parametersSha256()).isEqualTo(weights);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoints", "model.zip/x", "result.json/x", "config.json/x"})
  void fileInThePlaceOfAFolderOrTheOtherWayRoundIsNamed(String wrong) {
    Path there = bench.write("runs/small/" + wrong, "");
    Path named = wrong.endsWith("/x") ? there.getParent() : there;
    String must = wrong.endsWith("/x") ? "file, but it is a folder" : "folder, but it is a file";
    bench
        .train()
        .failed(
            78,
            "Cannot use "
                + named
                + ": must be a "
                + must
                + "; remove it, or choose another --run-id");
  }

  /** Names with special characters of globs and URIs, or with non-ASCII letters. */
  @ParameterizedTest
  @ValueSource(strings = {"runs[1]", "{runs", "my runs", "a%20b", "läufe-ж", "x*?", "a#b"})
  void checkpointsAreFoundWhateverTheFolderIsCalled(String name) throws IOException {
    Path run = folder.resolve(name).resolve("small");
    String[] job = {"--set", "output=" + folder.resolve(name), "--set", "training.epochs=2"};
    bench.train(job).well();
    Files.delete(run.resolve("result.json"));
    Files.delete(run.resolve("checkpoints/step-000000000006.ckpt"));

    assertThat(bench.train(job).well().err())
        .contains("Resuming after step 3 from its checkpoint\n");
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

    assertThat(resumed.err()).contains("Resuming after step 6 from its checkpoint\n");
    assertThat(whole.lines().findFirst())
        .hasValueSatisfying(
            header ->
                assertThat(header)
                    .startsWith("epoch,train.loss,validation.accuracy,")
                    .contains(",validation.loss"));
    String[] head = whole.lines().findFirst().orElseThrow().split(",");
    assertThat(whole.lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line.split(",", -1)).hasSameSizeAs(head));
    assertThat(metrics(whole)).noneMatch(line -> line.contains(",,"));
    assertThat(whole.lines().skip(3))
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("3," + bench.report().metrics().get("train.loss") + ",")
                    .contains("," + bench.report().metrics().get("validation.accuracy") + ","));
    assertThat(metrics(Workbench.text(bench.run("history.csv")))).isEqualTo(metrics(whole));
  }

  /** Each line of a history without seconds, learning rate and gradient norm. */
  private static List<String> metrics(String history) {
    assertThat(history.lines().findFirst().orElseThrow())
        .endsWith(",seconds,learningRate,gradientNorm");
    return history.lines().map(line -> line.replaceFirst("(,[^,]*){3}$", "")).toList();
  }

  @Test
  void averagingSaysOnceWhoseOptimizerStateAResumedRunHas() throws IOException {
    String[] job = {"--set", "training.epochs=2", "--set", "training.sync=averaging"};
    String note =
        "All workers continue with the optimizer state of rank 0, since"
            + " training.averaging.optimizerState is false\n";
    assertThat(bench.train(job).well().err()).doesNotContain(note);
    Files.delete(bench.run("result.json"));
    Files.delete(bench.run("checkpoints/step-000000000006.ckpt"));

    assertThat(bench.train(job).well().err()).containsOnlyOnce(note);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>(); // path -> time and length
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        files.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return files;
  }
}
