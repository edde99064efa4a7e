package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution on the class path of a stock Spark, through its spark-submit and without it. */
@Tag("slow")
class StockSparkTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Signs of a wrong class path, and warnings. */
  private static final Pattern TROUBLE =
      Pattern.compile(
          "NoSuch(Method|Field)|NoClassDefFound|ClassNotFound|LinkageError|ClassChange|AbstractMethod"
              + "|VerifyError|SLF4J|multiple|\\bWARN|\\bERROR|\\bWarning");

  /** Spark's own warnings in an executor: without Hadoop's native library, and at its end. */
  private static final Pattern TOLERATED =
      Pattern.compile(
          "WARN NativeCodeLoader: Unable to load native-hadoop library"
              + "|ERROR CoarseGrainedExecutorBackend: RECEIVED SIGNAL TERM");

  @TempDir private Path folder;

  @Test
  void jobsRunWithoutAWordOfTrouble() throws IOException {
    Path home = SparkHome.in(folder.resolve("spark"), Built.stockSpark().resolve("jars"));
    Launcher launcher = new Launcher(folder, Map.of("SPARK_HOME", home.toString()));
    try (StandaloneCluster cluster = StandaloneCluster.start(home, folder, 2)) {
      List<String> settings = new ArrayList<>();
      StandaloneCluster.executors(2, List.of())
          .forEach((key, value) -> settings.addAll(List.of("--conf", key + "=" + value)));
      settings.addAll(List.of("--set", "training.epochs=2", "--set", "gate.atLeast=0.1"));
      Path digits = Built.root().resolve("conf/digits.yaml");
      wellBySubmit(launcher.train(digits, cluster.master(), "digits", settings));
    }
    assertThat(launcher.report("digits").work().workers()).isEqualTo(2);
    assertThat(executorsWords()).hasSize(2).allSatisfy(StockSparkTest::noTrouble);

    wellBySubmit(launcher.submit(keras(), "local[2]", "client", "keras", List.of()));
    assertThat(launcher.report("keras").metrics()).containsKey("test.accuracy");

    String rows = Built.root().resolve("conf/data/digits.csv.gz").toString();
    String run = launcher.runs().resolve("digits").toString();
    List<String> predict = List.of("predict", run, "--input", rows, "--master", "local[2]");
    List<String> line = new ArrayList<>(predict);
    line.addAll(List.of("--output", folder.resolve("predictions").toString()));
    well(launcher.command("predict", line));
  }

  private static void wellBySubmit(LoggedProcess job) {
    assertThat(well(job)).contains(SparkHome.STARTED);
  }

  private static String well(LoggedProcess job) {
    try (job) {
      assertThat(job.exitCode(LIMIT)).as(job.output()).isZero();
      noTrouble(job.output());
      return job.output();
    }
  }

  private static void noTrouble(String words) {
    assertThat(words.lines().filter(line -> TROUBLE.matcher(line).find()))
        .as(words)
        .allMatch(line -> TOLERATED.matcher(line).find());
  }

  /** A job with a Keras network with four inputs and three classes. */
  private Path keras() throws IOException {
    try (InputStream network = StockSparkTest.class.getResourceAsStream("/keras/sequential.h5")) {
      Files.copy(network, folder.resolve("sequential.h5"));
    }
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      rows.append("%d,%d,%d,%d,%d\n".formatted(i % 5, i % 7, i % 2, i % 4, i % 3));
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
    return Files.writeString(
        folder.resolve("keras.yaml"),
        """
        data: {format: csv, path: rows.csv, header: false, test: {fraction: 0.25}}
        model: {keras: sequential.h5}
        training: {batch: 16, shards: 4, epochs: 2}
        """);
  }

  private List<String> executorsWords() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*/worker-\\d/app-.*/stderr"))
          .map(StockSparkTest::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
