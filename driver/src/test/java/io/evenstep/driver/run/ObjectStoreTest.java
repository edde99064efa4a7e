package io.evenstep.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.ObjectStoreFixture;
import io.evenstep.driver.SparkTest;
import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.data.pack.UploadCommit;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.run.PredictRequest.Format;
import io.evenstep.driver.score.BadRows;
import io.evenstep.driver.score.RowTolerance;
import io.evenstep.model.data.Leniency;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.Unseen;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.network.trust.AllowedTypes;
import io.evenstep.worker.checkpoint.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packs, checkpoints, models, reports and predictions where nothing can be renamed. */
class ObjectStoreTest {
  private static final String COMMITS = "spark.sql.sources.commitProtocolClass";

  @TempDir private static Path folder;
  private static SparkSession spark;
  private static RunReport local;
  private static RunReport first;

  @BeforeAll
  static void trainHereAndThere() {
    spark = SparkTest.session();
    ObjectStoreFixture.addTo(spark.sparkContext().hadoopConfiguration());
    local = train(folder + "/local", "run");
    first = train(store(), "first");
  }

  @Test
  void aJobEndsInTheBitsOfOneOnALocalDiskAndReusesItsPack() throws IOException {
    RunReport second = train(store(), "second");

    assertThat(first.model().parametersSha256()).isEqualTo(local.model().parametersSha256());
    assertThat(second.model().parametersSha256()).isEqualTo(local.model().parametersSha256());
    assertThat(first.origin().packReused()).isFalse();
    assertThat(second.origin().packReused()).isTrue();
    assertThat(unfinished()).isEmpty();
  }

  @Test
  void evaluatesFromThere() {
    assertThat(
            EvaluateJob.run(
                run(store(), "first"), job(store()), BadRows.REFUSE, spark, Progress.SILENT))
        .containsEntry("test.accuracy", local.metrics().get("test.accuracy"))
        .containsEntry("test.loss", local.metrics().get("test.loss"));
  }

  @ParameterizedTest
  @EnumSource(names = {"CSV", "PARQUET", "JSON"})
  void predictsFromThereToThere(Format format) throws IOException {
    Path digits = Files.createDirectories(folder.resolve("rows")).resolve("digits.csv.gz");
    Files.copy(
        Built.root().resolve("conf/data/digits.csv.gz"),
        digits,
        StandardCopyOption.REPLACE_EXISTING);
    predict(run(folder + "/local", "run"), digits.toString(), folder + "/" + format, format);

    String output = store() + "/" + format;
    long rows = predict(run(store(), "first"), "objects:" + digits, output, format);

    assertThat(rows).isEqualTo(1_797);
    assertThat(written(output, format))
        .hasSize(1_797)
        .isEqualTo(written(folder + "/" + format, format));
    assertThat(folder.resolve("store/" + format + "/_SUCCESS")).exists();
  }

  @Test
  void leavesItToSparkHowToCommitWhereTheUserSaysHow() {
    SparkSession other = spark.cloneSession();
    other.conf().set(COMMITS, "of.the.User");
    UploadCommit.useFor(new org.apache.hadoop.fs.Path(store()), other);
    assertThat(other.conf().get(COMMITS)).isEqualTo("of.the.User");
  }

  @Test
  void leavesItToSparkHowToCommitOnADisk() {
    SparkSession other = spark.cloneSession();
    UploadCommit.useFor(new org.apache.hadoop.fs.Path(folder.toString()), other);
    assertThat(other.conf().getAll().contains(COMMITS)).isFalse();
  }

  @Test
  void aWriterThatFailsLeavesTheObjectAsItWas() throws IOException {
    Configuration settings = new Configuration();
    ObjectStoreFixture.addTo(settings);
    org.apache.hadoop.fs.Path object = new org.apache.hadoop.fs.Path("objects:" + folder + "/o");
    FileSystem store = object.getFileSystem(settings);
    WholeFile.write(store, object, out -> out.write("whole".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(
            () ->
                WholeFile.write(
                    store,
                    object,
                    out -> {
                      out.write("ha".getBytes(StandardCharsets.UTF_8));
                      throw new IOException("half way");
                    }))
        .hasMessage("half way");

    assertThat(folder.resolve("o")).hasContent("whole");
  }

  private static String store() {
    return "objects:" + folder + "/store";
  }

  private static RunReport train(String output, String runId) {
    return TrainJob.run(job(output), new TrainOptions(runId, Resume.AUTO), spark, Progress.SILENT);
  }

  private static JobConfig job(String output, String... more) {
    Map<String, String> sets =
        new HashMap<>(
            Map.of(
                "output", output,
                "training.epochs", "2",
                "training.workers", "2",
                "gate.atLeast", "0"));
    for (int i = 0; i < more.length; i += 2) {
      sets.put(more[i], more[i + 1]);
    }
    return JobConfig.read(Built.root().resolve("conf/digits.yaml"), Overrides.of(sets, Map.of()));
  }

  private static RunFolder run(String output, String runId) {
    return RunFolder.of(output, runId, spark.sparkContext().hadoopConfiguration());
  }

  private static long predict(RunFolder run, String input, String output, Format format) {
    SourceSpec rows = job(output, "data.path", input).data().sources().train();
    PredictRequest request =
        new PredictRequest(
            run,
            rows,
            output,
            format,
            new RowTolerance(new Leniency(Missing.REFUSE, 0, Unseen.REFUSE), BadRows.REFUSE),
            EngineChoice.AUTO,
            new AllowedTypes(List.of()));
    return PredictJob.run(request, spark, Progress.SILENT).scored();
  }

  private static List<String> written(String output, Format format) {
    Dataset<Row> rows =
        switch (format) {
          case CSV -> spark.read().option("header", true).csv(output);
          case JSON -> spark.read().json(output);
          case PARQUET -> spark.read().parquet(output);
          case DELTA, ICEBERG -> throw new IllegalArgumentException("needs its own jar");
        };
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private Stream<Path> unfinished() throws IOException {
    return Files.walk(folder.resolve("store"))
        .filter(file -> file.getFileName().toString().contains("unfinished"));
  }
}
