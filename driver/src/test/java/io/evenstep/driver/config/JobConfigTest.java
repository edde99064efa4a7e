package io.evenstep.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.config.key.Encryption;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import io.evenstep.model.catalog.layer.LayerDefaults;
import io.evenstep.model.engine.Attack;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Precision;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.OptimizerSpec;
import io.evenstep.model.network.ScheduleSpec;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobConfigTest {
  private static final Attack NO_ATTACK =
      new Attack(0, 0.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  @Test
  void noneTurnsMlflowOffWhereTheEnvironmentNamesAServer() {
    Map<String, String> environment = Map.of("MLFLOW_TRACKING_URI", "http://tracking:5000");
    String job = "data: {format: csv, path: rows.csv}\nmodel: {name: logistic}\n";

    assertThat(JobTexts.parse(job).mlflow(environment)).isPresent();
    assertThat(JobTexts.parse(job + "tracking: {mlflow: {uri: none}}\n").mlflow(environment))
        .isEmpty();
  }

  @Test
  void reportsEveryProblemAtOnceWithKeyRuleAndValue() {
    String yaml =
        """
        trainig:
          batch: 3
        training:
          batch: -1
          epochs: many
          shards: 6
        data:
          format: csv
        model: {name: mpl}
        """;

    assertThatThrownBy(() -> JobTexts.parse(yaml))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        new Problem(
                            "trainig.batch",
                            "must be a known key; did you mean training.batch?",
                            "3"),
                        new Problem(
                            "model.name",
                            "must be one of logistic, mlp, lenet, alexnet, googlenet, resnet18,"
                                + " resnet34, resnet50, transformer-encoder, transformer-lm,"
                                + " kohonen, rbm, hopfield",
                            "mpl"),
                        new Problem("training.shards", "must be a power of two", "6"),
                        new Problem("training.batch", "must be at least 1", "-1"),
                        new Problem("training.epochs", "must be a whole number", "many"),
                        new Problem("data.path", "must be given for data.format csv", "nothing")));
  }

  @Test
  void takesDefaultsForAllButDataAndModel() {
    JobConfig job = JobTexts.parse(JobTexts.SMALLEST);

    assertThat(job.name()).isEqualTo("job");
    assertThat(job.output()).isEqualTo("runs");
    assertThat(job.packs()).isEqualTo("runs/packs");
    assertThat(job.seed()).isEqualTo(1);
    assertThat(job.gate()).isEmpty();
    assertThat(job.training())
        .isEqualTo(
            new TrainingConfig(
                0,
                new TrainingConfig.Batches(128, 8, 1, true),
                10,
                new Sync.AllReduce(Wire.FLOAT32),
                new TrainingConfig.Computing(EngineChoice.AUTO, Precision.FLOAT32, NO_ATTACK),
                Optional.empty(),
                new CheckpointPolicy(0, 2),
                new TrainingConfig.Peers(
                    3, Duration.ofSeconds(600), Duration.ofSeconds(15), Encryption.AUTO)));
    assertThat(job.network(700).updates().schedule())
        .isEqualTo(new ScheduleSpec("constant", 0, 700, Map.of()));
  }

  @Test
  void mapsTheWholeOfTraining() {
    JobConfig job =
        JobTexts.parse(
            """
            seed: 7
            data: {format: csv, path: x.csv, validation: {fraction: 0.1}, test: {fraction: 0.2}}
            model: {name: mlp, hidden: [32, 16], activation: tanh, dropout: 0.5, loss: mse}
            training:
              workers: 4
              shards: 4
              accumulate: 3
              sync: averaging
              averaging: {every: 5, optimizerState: true}
              optimizer: {name: nesterov, learningRate: 1e-1, momentum: 0.9}
              schedule: {name: cosine, warmupSteps: 10, minimum: 0.01}
              l2: 0.001
              clip: {norm: 5}
              stopping: {metric: accuracy, patience: 3, minDelta: 0.001}
              checkpoint: {everySteps: 50, keep: 4}
              attempts: 1
              timeoutSeconds: 5
              silenceSeconds: 6
              encryption: on
            gate: {metric: test.loss, atMost: 0.5}
            """);

    assertThat(job.training())
        .isEqualTo(
            new TrainingConfig(
                4,
                new TrainingConfig.Batches(128, 4, 3, true),
                10,
                new Sync.Averaging(new SyncPlan.Averaging(5, true)),
                new TrainingConfig.Computing(EngineChoice.AUTO, Precision.FLOAT32, NO_ATTACK),
                Optional.of(new StoppingConfig("accuracy", 3, 0.001)),
                new CheckpointPolicy(50, 4),
                new TrainingConfig.Peers(
                    1, Duration.ofSeconds(5), Duration.ofSeconds(6), Encryption.ON)));
    assertThat(job.network())
        .isEqualTo(
            new NetworkSpec(
                new NetworkSpec.Named("mlp", Map.of("hidden", List.of(32, 16))),
                Optional.of("mse"),
                Optional.empty(),
                "xavier",
                new LayerDefaults("tanh", 0.5),
                new NetworkSpec.Penalties(0, 0.001, 0),
                new NetworkSpec.Updates(
                    Optional.of(new OptimizerSpec("nesterov", 0.1, Map.of("momentum", 0.9))),
                    new ScheduleSpec("cosine", 10, 0, Map.of("minimum", 0.01)),
                    new Clipping(0, 5)),
                7));
    assertThat(job.gate())
        .contains(new Gate("test.loss", OptionalDouble.empty(), OptionalDouble.of(0.5)));
    assertThat(job.data().fractions().seed()).isEqualTo(7);
  }

  @Test
  void mapsTheWholeOfData() {
    DataSpec data =
        JobTexts.parse(
                """
                data:
                  format: csv
                  path: [a.csv, hdfs://host/b.csv]
                  header: true
                  delimiter: ';'
                  options: {quote: "'", multiLine: true}
                  features:
                    - p*
                    - {column: colour, type: categorical, encoding: index}
                    - {column: photo, type: image, shape: [3, 32, 32], normalize: scale}
                  label: kind
                  classes: [yes, no]
                  missing: fill
                  fill: -1
                  splitSeed: 5
                  test: {path: t.csv}
                model: {name: logistic}
                """)
            .data();

    assertThat(data.sources().train())
        .isEqualTo(
            new SourceSpec(
                SourceSpec.Format.CSV,
                List.of("file:/jobs/a.csv", "hdfs://host/b.csv"),
                List.of(),
                true,
                ";",
                Optional.empty(),
                Optional.empty(),
                Map.of("quote", "'", "multiLine", "true")));
    assertThat(data.sources().test().orElseThrow().paths()).containsExactly("file:/jobs/t.csv");
    assertThat(data.sources().test().orElseThrow().delimiter()).isEqualTo(";");
    assertThat(data.sources().validation()).isEmpty();
    assertThat(data.features().columns())
        .containsExactly(
            new ColumnSpec(
                "p*",
                Optional.empty(),
                ColumnSpec.CategoryEncoding.ONE_HOT,
                List.of(),
                0,
                Optional.empty()),
            new ColumnSpec(
                "colour",
                ColumnSpec.Type.CATEGORICAL,
                ColumnSpec.CategoryEncoding.INDEX,
                List.of(),
                0,
                Optional.empty()),
            new ColumnSpec(
                "photo",
                ColumnSpec.Type.IMAGE,
                ColumnSpec.CategoryEncoding.ONE_HOT,
                List.of(3L, 32L, 32L),
                0,
                Optional.of(DataSpec.Normalization.SCALE)));
    assertThat(data.labels().columns()).containsExactly("kind");
    assertThat(data.labels().classes()).containsExactly("yes", "no");
    assertThat(data.leniency().fill()).isEqualTo(-1);
    assertThat(data.fractions().seed()).isEqualTo(5);
  }

  @Test
  void readsLayersAsTheyStand() {
    JobConfig job =
        JobTexts.parse(
            """
            data: {format: parquet, path: x}
            model:
              layers:
                - {type: conv2d, filters: 8, kernel: [3, 3], bias: false}
                - {type: dense, units: 64, activation: "relu", dropout: 1e-1}
            """);

    assertThat(job.network().source())
        .isEqualTo(
            new NetworkSpec.Layers(
                List.of(
                    Map.of("type", "conv2d", "filters", 8, "kernel", List.of(3, 3), "bias", false),
                    Map.of("type", "dense", "units", 64, "activation", "relu", "dropout", 0.1))));
  }

  @Test
  void readsANetworkFromAFileBesideTheJob(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("net.json"), "{}");
    Path file = folder.resolve("job.yaml");
    Files.writeString(file, "data: {format: parquet, path: x}\nmodel: {json: net.json}\n");

    assertThat(JobConfig.read(file, Overrides.NONE).network().source())
        .isEqualTo(new NetworkSpec.Dl4jJson(folder.resolve("net.json"), AllowedTypes.BUILT_IN));
    assertThatThrownBy(
            () -> JobConfig.read(file, new Overrides(Map.of("model.json", "/no/net"), Map.of())))
        .hasMessage("Invalid model.json: must be a file on the driver's disk, got /no/net");
  }

  @Test
  void saysThatAJobFileIsNotThere() {
    assertThatThrownBy(() -> JobConfig.read(Path.of("no/such.yaml"), Overrides.NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage("Cannot read job file no/such.yaml: there is no such file");
  }
}
