package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.dl4j.FitProgram;
import io.evenstep.driver.fault.Fault.Action;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.datavec.api.records.reader.RecordReader;
import org.datavec.spark.util.SerializableHadoopConfig;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An executor dies during a {@code fit} through DL4J's Spark layer, and another one while training
 * on sequences in segments.
 */
@Tag("slow")
class FitKillTest {
  private static final String SEGMENTS = "io.evenstep.worker.train.ShardPass";
  private static final String SYNC = "io.evenstep.worker.sync.ExactSync";
  private static final int WORKERS = 2;
  private static final Duration JOB_LIMIT = Duration.ofMinutes(5);
  private static final int STEPS_OF_A_FIT = 20;

  @TempDir private Path folder;

  /**
   * Each worker adds 2 of the 4 shards of a step; the second fit finds a new executor. The third is
   * cut into segments, three per batch; in two of them a worker continues from the states of 2
   * shards.
   */
  @Test
  void fitsGoOnToTheBitsOfUndisturbedOnes() throws Exception {
    String local =
        FitProgram.fits(
            JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext()),
            folder.resolve("local").toString(),
            WORKERS);
    int inTheFirstFit = 2 * 12;
    int inTheSecondBatch = 2 * 2 + 1;
    FaultPlan plan =
        FaultPlan.in(folder.resolve("faults"))
            .at(SYNC, "add", inTheFirstFit, Action.KILL)
            .then(SEGMENTS, "stateOf", inTheSecondBatch, Action.KILL);
    try (StandaloneCluster cluster = StandaloneCluster.start(Built.sparkHome(), folder, WORKERS);
        LoggedProcess job = submit(cluster, plan)) {
      assertThat(job.exitCode(JOB_LIMIT)).as(job.output()).isZero();
      for (int death = 0; death < 2; death++) {
        Trace.Recovery recovery = plan.trace().after(plan.came(death).millis());
        assertThat(recovery.stepsRedone()).as("death " + death).isLessThanOrEqualTo(1);
      }
      assertThat(job.output()).contains("network " + local, "from a surviving replica");
    }
    assertThat(local).startsWith(2 * STEPS_OF_A_FIT + " steps, 2 epochs, ");
    assertThat(Files.list(folder.resolve("cluster"))).as("what fits leave behind").isEmpty();
  }

  private LoggedProcess submit(StandaloneCluster cluster, FaultPlan plan) throws Exception {
    Path jar =
        JobJar.write(
            folder.resolve("fits.jar"),
            FitProgram.class,
            Class.forName("io.evenstep.driver.dl4j.SmallNetworks"),
            Class.forName("io.evenstep.driver.dl4j.Examples"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--class", FitProgram.class.getName(), "--jars", libraries()));
    StandaloneCluster.executors(WORKERS, List.of(plan.javaOption()))
        .forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    arguments.add(jar.toString());
    arguments.addAll(List.of(folder.resolve("cluster").toString(), Integer.toString(WORKERS)));
    return cluster.submit(arguments.toArray(String[]::new));
  }

  /** The distribution, and the additional jars of a user of DL4J's Spark layer. */
  private static String libraries() throws IOException, URISyntaxException {
    Set<String> jars = new LinkedHashSet<>();
    try (Stream<Path> ours = Files.list(Built.distribution().resolve("lib"))) {
      ours.map(Path::toString).forEach(jars::add);
    }
    for (Class<?> type :
        List.of(
            SparkDl4jMultiLayer.class,
            DataSetLoader.class,
            RecordReader.class,
            SerializableHadoopConfig.class)) {
      jars.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return String.join(",", jars);
  }
}
