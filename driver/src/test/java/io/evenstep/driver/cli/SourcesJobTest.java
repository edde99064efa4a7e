package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.run.RunReport;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job for each kind of source, from its file to its result. */
class SourcesJobTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void parquet() {
    SparkTest.session()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(bench.path("rows.csv").toString())
        .write()
        .parquet(bench.path("rows.parquet").toString());
    trains("{format: parquet, path: rows.parquet, test: {fraction: 0.25}}");
  }

  @Test
  void svmlight() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      rows.append(i % 2).append(" 1:").append(i % 5).append(" 3:").append(i % 7).append('\n');
    }
    bench.write("rows.svm", rows.toString());
    trains("{format: svmlight, path: rows.svm, test: {fraction: 0.25}}");
  }

  @Test
  void idx() throws IOException {
    bench.write("images.gz", SampleFiles.gzip(SampleFiles.idxImages(64)));
    bench.write("labels.gz", SampleFiles.gzip(SampleFiles.idxLabels(64)));
    bench.write("test-images", SampleFiles.idxImages(16));
    bench.write("test-labels", SampleFiles.idxLabels(16));
    trains(
        "{format: idx, path: images.gz, labels: labels.gz, normalize: scale,"
            + " test: {path: test-images, labels: test-labels}}");
  }

  @Test
  void images() throws IOException {
    for (int i = 0; i < 32; i++) {
      byte[] image = SampleFiles.image("png", BufferedImage.TYPE_INT_RGB, 4, 6, 0x010305 * i);
      bench.write("pets/" + (i % 2 == 0 ? "cat/" : "dog/") + i + ".png", image);
    }
    trains("{format: images, path: pets, normalize: scale, test: {fraction: 0.25}}");
  }

  @Test
  void sql() {
    trains(
        "{format: sql, query: 'select id % 5 as x, id % 3 as y, id % 2 as label from range(64)',"
            + " features: [{column: x, type: numeric}, y], label: label, test: {fraction: 0.25}}");
  }

  @Test
  void anyOtherFormatOfSpark() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      rows.append("{\"x\": %d, \"label\": \"%s\"}\n".formatted(i, i % 2 == 0 ? "a" : "b"));
    }
    bench.write("rows.json", rows.toString());
    trains("{format: spark, reader: json, path: rows.json, test: {fraction: 0.25}}");
  }

  private void trains(String data) {
    bench.job(
        "data: %s%nmodel: {name: logistic}%ntraining: {batch: 8, epochs: 1, shards: 2}%n"
            .formatted(data));

    bench.train().well();

    RunReport report = bench.report();
    assertThat(report.work().workers()).isEqualTo(2);
    assertThat(report.work().steps()).isGreaterThan(1);
    assertThat(report.metrics()).containsKeys("test.accuracy", "test.f1", "test.loss");
  }
}
