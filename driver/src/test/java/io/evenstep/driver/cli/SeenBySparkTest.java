package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's own pages and sinks show of a run. */
class SeenBySparkTest {
  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  @Test
  void jobsAreNamedAfterRunAndWork() throws Exception {
    Set<String> labels = new LinkedHashSet<>();
    SparkContext spark = SparkTest.session(2).sparkContext();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            String group = job.properties().getProperty("spark.jobGroup.id");
            labels.add(group + " | " + job.properties().getProperty("spark.job.description"));
          }
        };
    spark.addSparkListener(listener);
    String run = bench.path("runs/small").toString();
    try {
      bench.train().well();
      bench.type("evaluate", run).well();
      String rows = bench.path("rows.csv").toString();
      String output = bench.path("out").toString();
      bench.type("predict", run, "--input", rows, "--output", output).well();
      spark.listenerBus().waitUntilEmpty();
    } finally {
      spark.removeSparkListener(listener);
    }

    assertThat(labels)
        .containsExactly(
            "small | Evenstep small: pack",
            "small | Evenstep small: train, attempt 1",
            "small | Evenstep small: evaluate",
            "small | Evenstep small: predict");
    assertThat(spark.getLocalProperty("spark.job.description")).isNull();
  }

  @Test
  void sinksTakeTheRunsFigures() throws IOException {
    Path sink = Files.createDirectory(bench.path("metrics"));
    String[] settings = {
      "--conf", "spark.metrics.conf.*.sink.csv.class=org.apache.spark.metrics.sink.CsvSink",
      "--conf", "spark.metrics.conf.*.sink.csv.directory=" + sink,
      "--conf", "spark.metrics.conf.*.sink.csv.unit=hours",
      "--set", "training.engine=dl4j", // whose ranks send to each other, also in one process
      "--master", "local[2]"
    };
    bench.apart().train(settings).well();
    long steps = bench.report().work().steps();

    assertThat(last(sink, "evenstep.training.step")).isEqualTo(steps);
    assertThat(last(sink, "evenstep.training.epoch")).isEqualTo(1);
    assertThat(last(sink, "evenstep.training.attempts")).isEqualTo(1);
    assertThat(last(sink, "evenstep.training.recoveries")).isZero();
    assertThat(last(sink, "evenstep.training.loss"))
        .isEqualTo(bench.report().metrics().get("train.loss"));
    assertThat(last(sink, "evenstep.rank-0001.step")).isEqualTo(steps);
    assertThat(last(sink, "evenstep.rank-0001.bytesSent")).isPositive();
    assertThat(last(sink, "evenstep.rank-0000.millis.compute")).isPositive();
  }

  @Test
  void prometheusAndGraphiteSeeThemToo() throws Exception {
    try (GraphiteServer graphite = GraphiteServer.start()) {
      String sink = "spark.metrics.conf.*.sink.";
      List<String> settings = new ArrayList<>(List.of("--master", "local[2]"));
      for (String setting :
          List.of(
              sink + "graphite.class=org.apache.spark.metrics.sink.GraphiteSink",
              sink + "graphite.host=127.0.0.1",
              sink + "graphite.port=" + graphite.port(),
              sink + "graphite.prefix=cluster",
              sink + "prometheusServlet.class=org.apache.spark.metrics.sink.PrometheusServlet",
              sink + "prometheusServlet.path=/metrics/prometheus",
              sink + "scrape.class=" + ScrapingSink.class.getName(),
              "spark.ui.enabled=true",
              "spark.ui.port=0")) {
        settings.addAll(List.of("--conf", setting));
      }
      bench.apart().train(settings.toArray(String[]::new)).well();
      long steps = bench.report().work().steps();

      assertThat(ScrapingSink.page())
          .containsPattern("evenstep_training_step_Value\\{type=\"gauges\"} " + steps + "\n")
          .containsPattern("evenstep_training_loss_Value\\{type=\"gauges\"} [0-9.]+\n");
      await(() -> graphite.lines().contains("driver.evenstep.rank-0001.step " + steps + " "));
      assertThat(graphite.lines())
          .containsPattern(
              "(?m)^cluster[.]local-\\d+[.]driver[.]evenstep[.]training[.]loss [0-9.]+ ")
          .contains("driver.evenstep.training.step " + steps + " ");
    }
  }

  private static void await(BooleanSupplier wanted) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** The last value that a sink has written. */
  private static double last(Path sink, String metric) {
    try (Stream<Path> files = Files.list(sink)) {
      Path file =
          files.filter(each -> each.toString().endsWith(metric + ".csv")).findFirst().orElseThrow();
      List<String> lines = Files.readAllLines(file);
      return Double.parseDouble(lines.get(lines.size() - 1).split(",")[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
