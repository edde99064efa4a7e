package io.evenstep.driver.cluster;

import static io.evenstep.driver.Dl4jLayers.dense;
import static io.evenstep.driver.Dl4jLayers.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.fault.Fault.Action;
import io.evenstep.driver.run.Resume;
import io.evenstep.driver.run.RunReport;
import io.evenstep.driver.run.TrainJob;
import io.evenstep.driver.run.TrainOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The same job gives the same bits with any number of workers, also in separate processes. Three
 * workers have 3, 3 and 2 of the 8 shards. The last batch of an epoch has rows for only three
 * shards. One process of the cluster is slower than the others.
 */
@Tag("slow")
class SameBitsClusterTest {
  private static final int BATCH = 50;
  private static final int SHARDS = 8;
  private static final int CLUSTER = 3;
  private static final Duration SLOWER = Duration.ofMillis(15);

  private static final Map<String, String> MODELS =
      new TreeMap<>(
          Map.of(
              "mlp with dropout",
              "{name: mlp, hidden: [32, 16], dropout: 0.3}",
              "lenet with augmentation",
              "{name: lenet, filters: [4, 8], kernel: 2, units: 16, dropout: 0.2}",
              "graph with batch norm",
              "{json: graph.json}",
              "lstm",
              "{layers: [{type: lstm, units: 8, dropout: 0.2}]}"));

  private static final Map<String, String> SHAPES =
      Map.of("lenet with augmentation", "[1, 8, 8]", "lstm", "[8, 8]");

  private static final Map<String, String> AUGMENTATIONS =
      Map.of(
          "lenet with augmentation",
          "[{shift: {pixels: 1}}, {rotate: {degrees: 10}}, {noise: {deviation: 0.05}}]");

  @TempDir private Path folder;

  @Test
  void anyNumberOfWorkersAndACluster() throws IOException {
    Files.writeString(folder.resolve("graph.json"), graph().toJson());
    Map<String, String> one = new TreeMap<>(); // model -> parameters
    for (String model : MODELS.keySet()) {
      for (int workers : new int[] {1, 2, 3, 4, 8}) {
        RunReport report = train(SparkTest.session(SHARDS), model, workers);
        one.putIfAbsent(model, report.model().parametersSha256());
        assertThat(report.model().parametersSha256())
            .as("%s on %d workers", model, workers)
            .isEqualTo(one.get(model));
      }
    }

    assertThat(one.values()).doesNotHaveDuplicates();
    assertThat(onACluster()).isEqualTo(one);
  }

  private Map<String, String> onACluster() throws IOException {
    Map<String, String> ends = new TreeMap<>();
    FaultPlan plan =
        FaultPlan.in(folder.resolve("faults"))
            .at("io.evenstep.worker.train.RankWork", "gradient", 10, Action.SLOW, SLOWER);
    SparkTest.stop();
    try (StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, CLUSTER);
        SparkSession session = session(cluster, plan)) {
      for (String model : MODELS.keySet()) {
        ends.put(model, train(session, model, CLUSTER).model().parametersSha256());
      }
    }
    plan.came(0);
    return ends;
  }

  private SparkSession session(StandaloneCluster cluster, FaultPlan plan) throws IOException {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(cluster.master())
            .appName("same-bits")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.executorEnv.OMP_NUM_THREADS", "1")
            .config("spark.jars", jars());
    StandaloneCluster.executors(CLUSTER, List.of(plan.javaOption())).forEach(builder::config);
    return builder.getOrCreate();
  }

  private static String jars() {
    File[] jars = Built.distribution().resolve("lib").toFile().listFiles();
    assertThat(jars).isNotEmpty();
    return String.join(",", Arrays.stream(jars).map(File::toString).toList());
  }

  private RunReport train(SparkSession session, String model, int workers) throws IOException {
    Map<String, String> sets = new LinkedHashMap<>();
    sets.put("output", folder.resolve("runs").toString());
    sets.put("training.workers", Integer.toString(workers));
    Path job = Files.writeString(folder.resolve("job.yaml"), job(model));
    String runId = model.replace(' ', '-') + "-" + session.sparkContext().applicationId();
    RunReport report =
        TrainJob.run(
            JobConfig.read(job, Overrides.of(sets, Map.of())),
            new TrainOptions(runId + "-" + workers, Resume.NEVER),
            session,
            Progress.SILENT);
    assertThat(report.work().workers()).isEqualTo(workers);
    assertThat(report.work().examples() / report.work().epochs() % BATCH)
        .as("rows at the end")
        .isEqualTo(3);
    return report;
  }

  private static String job(String model) {
    List<String> lines =
        List.of(
            "data:",
            "  format: csv",
            "  path: " + Built.root().resolve("conf/data/digits.csv.gz"),
            "  header: false",
            "  normalize: scale",
            "  shape: " + SHAPES.getOrDefault(model, "[64]"),
            "  augment: " + AUGMENTATIONS.getOrDefault(model, "[]"),
            "  validation: {fraction: 0.1}",
            "  test: {fraction: 0.2}",
            "model: " + MODELS.get(model),
            "training: {epochs: 2, batch: %d, shards: %d}".formatted(BATCH, SHARDS));
    return String.join("\n", lines) + "\n";
  }

  private static ComputationGraphConfiguration graph() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(0.002))
        .graphBuilder()
        .addInputs("in")
        .addLayer("left", dense(64, 16), "in")
        .addLayer("norm", new BatchNormalization.Builder().nIn(16).nOut(16).build(), "left")
        .addLayer("right", dense(64, 8), "in")
        .addVertex("both", new MergeVertex(), "norm", "right")
        .addLayer("out", output(24, 10), "both")
        .setOutputs("out")
        .build();
  }
}
