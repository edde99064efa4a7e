package io.evenstep.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.worker.checkpoint.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs, checkpoints, models and reports where nothing can be renamed. */
class ObjectStoreTest {
  @TempDir private Path folder;

  @Test
  void aJobEndsInTheBitsOfOneOnALocalDiskAndReusesItsPack() throws IOException {
    SparkSession spark = SparkTest.session();
    ObjectStoreFixture.addTo(spark.sparkContext().hadoopConfiguration());

    RunReport local = train(spark, folder + "/local", "run");
    RunReport first = train(spark, "objects:" + folder + "/store", "first");
    RunReport second = train(spark, "objects:" + folder + "/store", "second");

    assertThat(first.parametersSha256()).isEqualTo(local.parametersSha256());
    assertThat(second.parametersSha256()).isEqualTo(local.parametersSha256());
    assertThat(first.packReused()).isFalse();
    assertThat(second.packReused()).isTrue();
    assertThat(unfinished()).isEmpty();
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

  private static RunReport train(SparkSession spark, String output, String runId) {
    Map<String, String> sets =
        Map.of(
            "output", output, "training.epochs", "2", "training.workers", "2", "gate.atLeast", "0");
    return TrainJob.run(
        JobConfig.read(Built.root().resolve("conf/digits.yaml"), Overrides.of(sets, Map.of())),
        new TrainOptions(runId, Resume.AUTO),
        spark,
        Progress.SILENT);
  }

  private Stream<Path> unfinished() throws IOException {
    return Files.walk(folder.resolve("store"))
        .filter(file -> file.getFileName().toString().contains("unfinished"));
  }
}
