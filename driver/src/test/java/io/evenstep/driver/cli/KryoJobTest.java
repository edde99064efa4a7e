package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs for which Spark's settings select Kryo as the serializer, as on many clusters. */
class KryoJobTest {
  private static final String KRYO = "spark.serializer=org.apache.spark.serializer.KryoSerializer";

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder).apart();
  }

  @AfterAll
  static void leaveNoSuchSession() {
    SparkTest.stop();
  }

  @Test
  void trainsAndEvaluatesToTheSameBits() {
    bench.train("--master", "local[2]").well();
    RunReport plain = bench.report();

    bench.train("--master", "local[2]", "--conf", KRYO, "--resume", "never").well();

    assertThat(bench.report().model().parametersSha256())
        .isEqualTo(plain.model().parametersSha256());
    bench.type("evaluate", bench.path("runs/small").toString(), "--conf", KRYO).well();
  }

  @Test
  void readsIdx() throws IOException {
    bench.write("images", SampleFiles.idxImages(64));
    bench.write("labels", SampleFiles.idxLabels(64));
    bench.job(
        """
        name: small
        data: {format: idx, path: images, labels: labels, test: {fraction: 0.25}}
        model: {name: logistic}
        training: {batch: 16, epochs: 1, workers: 2}
        """);
    bench.train("--master", "local[2]", "--conf", KRYO).well();
    assertThat(bench.report().work().workers()).isEqualTo(2);
  }

  @Test
  void namesBadRows() {
    bench.write("rows.csv", Workbench.rows(64) + "one,2,left\n");
    Ended ended = bench.train("--master", "local[2]", "--conf", KRYO);
    assertThat(ended.err()).contains("column x");
    assertThat(ended.code()).isEqualTo(65);
  }
}
