package io.evenstep.driver.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.LoggedProcess;
import io.evenstep.driver.cluster.Python;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import py4j.GatewayServer;

/** Runs the guide's examples in other languages exactly as printed. */
@Tag("slow")
class LanguagesTest {
  private static final Path PAGE = Built.root().resolve("src/site/spark-ml.md");
  private static final Path HARNESS =
      Built.root().resolve("driver/src/test/resources/pyspark/harness.py");

  @TempDir private Path folder;

  @Test
  void fitsInScala() throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("Example.scala"),
            """
            import io.evenstep.driver.ml.EvenstepClassifier
            import org.apache.spark.sql.DataFrame
            object Example {
              def fit(rows: DataFrame): DataFrame = {
            %s
                model.transform(rows)
              }
            }
            """
                .formatted(example("scala")));
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    boolean compiled =
        scala.tools.nsc.Main.process(
            new String[] {
              "-classpath", classPath, "-d", folder.toString(), "-Xfatal-warnings", "" + source
            });

    assertThat(compiled).isTrue();
    URI classes = folder.toUri();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toURL()})) {
      Object scored =
          loader.loadClass("Example").getMethod("fit", Dataset.class).invoke(null, rows());
      assertThat(scored).isInstanceOfSatisfying(Dataset.class, LanguagesTest::assertLearnt);
    }
  }

  @Test
  void fitsThroughTheGatewayOfPySpark() throws IOException {
    assumeTrue(Python.isThere(), "skipped: there is no python3");
    Path source = Files.writeString(folder.resolve("example.py"), example("python"));
    Entry entry = new Entry();
    GatewayServer server = new GatewayServer(entry, 0);
    server.start();
    try {
      ProcessBuilder python =
          new ProcessBuilder(
              "python3", "" + HARNESS, "" + server.getListeningPort(), source.toString());
      try (LoggedProcess process =
          LoggedProcess.start("python", python, folder.resolve("python.log"))) {
        assertThat(process.exitCode(Duration.ofMinutes(3))).as(process.output()).isZero();
      }
    } finally {
      server.shutdown();
    }
    assertLearnt(entry.scored);
  }

  /** The input of the Python program, and the place of its results. */
  public static final class Entry {
    private Dataset<Row> scored = rows().limit(0);

    /** Rows to fit. */
    public Dataset<Row> rows() {
      return LanguagesTest.rows();
    }

    /** Rows to score. */
    public Dataset<Row> others() {
      return LanguagesTest.rows();
    }

    /** Receives the scored rows. */
    public void scored(Dataset<Row> rows) {
      this.scored = rows;
    }
  }

  private static Dataset<Row> rows() {
    return MlData.points(400);
  }

  private static void assertLearnt(Dataset<?> scored) {
    assertThat(scored.count()).isEqualTo(400);
    assertThat(scored.filter("prediction = label").count()).isGreaterThan(360);
  }

  private static String example(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
