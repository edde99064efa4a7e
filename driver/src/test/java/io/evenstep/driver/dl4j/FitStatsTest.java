package io.evenstep.driver.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.stats.EventStats;
import org.deeplearning4j.spark.stats.ExampleCountEventStats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** Times of fits, as DL4J's code collects them. */
class FitStatsTest {
  private static final int FITS = 2;
  private static final int WORKERS = 2;

  @TempDir private Path folder;
  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkTest.session(4).sparkContext());

  private SparkTrainingStats collected() {
    EvenstepTrainingMaster master =
        new EvenstepTrainingMaster.Builder().batchSizePerWorker(4).workers(WORKERS).build();
    SparkDl4jMultiLayer net =
        new SparkDl4jMultiLayer(spark, SmallNetworks.mlp(new Adam(0.01)), master);
    net.setCollectTrainingStats(true);
    JavaRDD<DataSet> rows = spark.parallelize(Examples.rows(40), 2);
    for (int fit = 0; fit < FITS; fit++) {
      net.fit(rows);
    }
    SparkTrainingStats stats = net.getSparkTrainingStats();
    net.setCollectTrainingStats(false);
    assertThat(net.getSparkTrainingStats()).isNull();
    return stats;
  }

  @Test
  void tellWhereTheTimeOfEachFitWent() throws Exception {
    SparkTrainingStats stats = collected();

    List<EventStats> fits = stats.getValue("EvenstepFitTimesMs");
    assertThat(fits).hasSize(FITS);
    for (int fit = 0; fit < FITS; fit++) {
      assertThat(((ExampleCountEventStats) fits.get(fit)).getTotalExampleCount()).isEqualTo(40);
      long parts = 0;
      for (String part : List.of("Pack", "Train", "TakeOver")) {
        parts += stats.getValue("Evenstep" + part + "TimesMs").get(fit).getDurationMs();
      }
      assertThat(parts).isPositive().isLessThanOrEqualTo(fits.get(fit).getDurationMs() + 3);
    }
    List<EventStats> compute = stats.getValue("EvenstepWorkerComputeTimesMs");
    assertThat(compute).hasSize(FITS * WORKERS);
    assertThat(compute).extracting(EventStats::getMachineID).contains("worker 0", "worker 1");
    assertThat(compute).extracting(EventStats::getThreadID).containsOnly(0L, 1L);

    assertThat(stats.statsAsString().lines()).hasSameSizeAs(stats.getKeySet());
    assertThat(stats.getShortNameForKey("EvenstepTakeOverTimesMs")).isEqualTo("TakeOver");
    assertThat(stats.getNestedTrainingStats()).isNull();
    SparkTrainingStats both = new FitStats();
    both.addOtherTrainingStats(stats);
    both.addOtherTrainingStats(stats);
    assertThat(both.getValue("EvenstepFitTimesMs")).hasSize(2 * FITS);

    stats.exportStatFiles(folder.toString(), spark.sc());
    List<String> lines = Files.readAllLines(folder.resolve("EvenstepFitTimesMs.txt"));
    assertThat(lines).hasSize(1 + FITS);
    assertThat(lines.get(0)).contains("durationMs,totalExampleCount");
    assertThat(folder.toFile().list((File dir, String name) -> name.endsWith(".txt")))
        .hasSameSizeAs(stats.getKeySet());
  }

  @Test
  void nameThoseThereAreWhenAskedForOneOfDl4js() {
    assertThatThrownBy(() -> new FitStats().getValue("ParameterAveragingWorkerFitTimesMs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot find training stats ParameterAveragingWorkerFitTimesMs:")
        .hasMessageContaining("EvenstepFitTimesMs");
  }
}
