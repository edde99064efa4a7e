package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.lease.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever {@code train} refuses before training, {@code plan} refuses with the same code and
 * message.
 */
class PlanAgreesTest {
  private static final String REGRESSION =
      """
      name: small
      data: {format: csv, path: rows.csv, task: regression, label: y, features: x,
             validation: {path: held.csv}}
      model: {name: logistic}
      training: {batch: 16, epochs: 2, workers: 1, shards: 4}
      """;

  private static final String HELD =
      REGRESSION.replace("task: regression, label: y, features: x,\n       ", "");

  @TempDir private Path folder;
  private Workbench bench;

  /**
   * A job that cannot be trained.
   *
   * @param files that it needs besides its rows
   */
  record Bad(String job, Map<String, String> files, int code, String words, String... settings) {
    @Override
    public String toString() {
      return String.join(" ", settings) + ": " + words;
    }
  }

  static Stream<Bad> jobs() {
    Map<String, String> oneClass = Map.of("held.csv", "x,y,label\n1,2,left\n2,1,left\n");
    Map<String, String> oneNumber = Map.of("held.csv", "x,y,label\n1,2,left\n2,2,left\n");
    String patience = "training.stopping.patience=3";
    return Stream.of(
        new Bad(HELD, oneClass, 78, "auc needs", patience, "training.stopping.metric=auc"),
        new Bad(HELD, oneClass, 78, "auc needs", "gate.metric=validation.auc", "gate.atLeast=0"),
        new Bad(REGRESSION, oneNumber, 78, "r2 needs", patience, "training.stopping.metric=r2"),
        new Bad(HELD, Map.of("held.csv", "x,y,label\n1,2,up\n"), 65, "no training row has"),
        bad(78, "must have validation rows", patience),
        bad(
            78,
            "must have test rows",
            "data.test.fraction=1e-4",
            "gate.metric=test.loss",
            "gate.atMost=9"),
        bad(78, "Invalid training.batch: must be at most the", "training.batch=64"),
        bad(78, "Invalid training.epochs: must give at most", "training.epochs=2000000000"),
        bad(78, "Invalid training.device", "training.device=gpu"),
        bad(78, "Invalid training.workers: must be at most the 2", "training.workers=3"),
        bad(78, "Cannot build the network", "model.name=mlp", "model.hidden=[200000, 200000]"),
        bad(78, "bad.zip", "model.zip=bad.zip", "training.optimizer.name=sgd"),
        bad(65, "lacking.csv", "data.path=lacking.csv"),
        bad(78, "must name columns of", "data.label=nothing"),
        bad(65, "must have rows, got none", "data.path=none.csv"),
        bad(65, "must be a number", "data.features=[x, label]", "data.label=y"),
        bad(78, "must be a folder that can be written to", "output=rows.csv/runs"),
        bad(78, "no file system of that kind", "output=s3a://bucket/runs"),
        bad(75, "Cannot write a pack below", "data.packs=rows.csv/packs"));
  }

  private static Bad bad(int code, String words, String... settings) {
    Map<String, String> files = Map.of("none.csv", "x,y,label\n", "bad.zip", "PK no zip");
    String job = Workbench.JOB;
    if (List.of(settings).stream().anyMatch(s -> s.startsWith("model."))) {
      job = job.replace("model: {name: logistic}\n", "");
    }
    return new Bad(job, files, code, words, settings);
  }

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void onWhatIsWrongWithAJob(Bad bad) {
    bench.job(bad.job());
    bad.files().forEach(bench::write);
    List<String> settings = new ArrayList<>();
    for (String setting : bad.settings()) {
      settings.addAll(
          List.of("--set", setting.replaceAll("=(\\w+\\.csv|bad\\.zip)", "=" + folder + "/$1")));
    }

    Ended planned = plan(settings);
    Ended trained = bench.train(settings.toArray(String[]::new));

    assertThat(trained.code()).as(trained.err()).isEqualTo(bad.code());
    assertThat(trained.err()).contains(bad.words());
    requireSame(planned, trained);
  }

  @Test
  void onARunThatBelongsToAnotherJobOrToOtherRows() throws IOException {
    bench.train().well();
    requireSame(
        plan(List.of("--set", "training.batch=8")), bench.train("--set", "training.batch=8"));
    bench.write("rows.csv", Workbench.rows(80));
    requireSame(plan(List.of()), bench.train());
    Files.delete(bench.run("result.json"));
    requireSame(plan(List.of()), bench.train());
  }

  @Test
  void onARunThatIsDoneWhateverElseIsWrong() throws IOException {
    bench.train().well();
    Files.delete(bench.path("rows.csv"));
    bench.train().well();
    assertThat(plan(List.of()).well().out()).contains("yes: train ends at once");
  }

  @Test
  void onARunThatAnotherDriverIsAtWorkOn() throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration());
    var file = new org.apache.hadoop.fs.Path(bench.run("lease.json").toString());
    try (Lease other =
        Lease.take(files, file, "train run small", new StopRequest(), Progress.SILENT)) {
      Ended trained = bench.train();
      assertThat(trained.code()).isEqualTo(75);
      requireSame(plan(List.of()), trained);
    }
  }

  @Test
  void onAFileSystemThatNobodyAnswersFor() {
    Configuration hadoop = SparkTest.session().sparkContext().hadoopConfiguration();
    hadoop.set("ipc.client.connect.max.retries", "0");
    try {
      Ended trained = bench.train("--set", "output=hdfs://127.0.0.1:1/runs");
      assertThat(trained.code()).as(trained.err()).isEqualTo(75);
      requireSame(plan(List.of("--set", "output=hdfs://127.0.0.1:1/runs")), trained);
    } finally {
      hadoop.unset("ipc.client.connect.max.retries");
    }
  }

  @Test
  void onMetricsThatCanBeHadOfTheRowsKeptBack() {
    List<String> settings = List.of("--set", "gate.metric=test.auc", "--set", "gate.atLeast=0");
    assertThat(plan(settings).well().out()).contains("counted by reading all of them now");
    bench.train(settings.toArray(String[]::new)).well();
  }

  /** A plan may report more problems than train, but reports train's first. */
  private static void requireSame(Ended planned, Ended trained) {
    assertThat(errors(planned)).as("plan").startsWith(errors(trained).toArray(String[]::new));
    assertThat(planned.code()).as(planned.err()).isEqualTo(trained.code()).isNotZero();
    planned.withoutNoise();
    trained.withoutNoise();
  }

  private static List<String> errors(Ended ended) {
    return ended.err().lines().filter(line -> line.startsWith("error: ")).toList();
  }

  private Ended plan(List<String> settings) {
    List<String> line = new ArrayList<>(List.of("plan", bench.path("job.yaml").toString()));
    line.addAll(List.of("--run-id", "small", "--set", "output=" + bench.path("runs")));
    line.addAll(settings);
    return bench.type(line.toArray(String[]::new));
  }
}
