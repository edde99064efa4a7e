package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.data.spec.TableFormat;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tables of Delta and Iceberg, with their own jars on the class path as Spark's submit puts them.
 */
@Tag("slow")
class LakeTablesTest {
  private static final String JOB =
      """
      name: small
      data: {%s, label: label, test: {fraction: 0.25}}
      model: {name: logistic}
      training: {batch: 16, epochs: 2, workers: 2, shards: 4}
      """;

  private static ClassLoader before;
  private static ClassLoader withJars;
  private static int catalogues;

  @TempDir private Path folder;
  private Workbench bench;
  private String lake; // an Iceberg catalogue in the folder; a session keeps each that it has used

  /** One for all tests: Delta's settings can be registered once in a process. */
  @BeforeAll
  static void findJars() throws IOException {
    before = Thread.currentThread().getContextClassLoader();
    List<URL> jars = new ArrayList<>();
    for (String reader : List.of("delta", "iceberg")) {
      for (Path jar : Built.tableJars(reader)) {
        jars.add(url(jar));
      }
    }
    assertThat(jars).hasSize(3);
    withJars = new URLClassLoader(jars.toArray(URL[]::new), before);
  }

  @BeforeEach
  void addJars() {
    Thread.currentThread().setContextClassLoader(withJars);
    bench = Workbench.in(folder);
    lake = "lake" + catalogues++;
  }

  @AfterEach
  void removeJars() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @AfterAll
  static void stop() {
    SparkTest.stop();
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  @ParameterizedTest
  @EnumSource(names = {"DELTA", "ICEBERG"})
  void trainEvaluateAndPredict(TableFormat format) {
    String reader = format.reader();
    Path table = table(format);
    typed().write().parquet(folder + "/plain");
    bench.job(JOB.formatted("format: sql, query: 'select * from parquet.`" + folder + "/plain`'"));
    bench.train("--run-id", "plain").well();
    bench.job(JOB.formatted("format: spark, reader: " + reader + ", path: " + table));

    bench.train().well();

    RunReport report = bench.report();
    assertThat(report.metrics()).containsKeys("test.accuracy");
    RunReport ofQuery = RunReport.fromJson(Workbench.text(bench.path("runs/plain/result.json")));
    assertThat(report.model().parametersSha256())
        .as("the rows of the table, and no others, in the order of a query")
        .isEqualTo(ofQuery.model().parametersSha256());
    String run = bench.run("").toString();
    bench.type("evaluate", run).well();
    Ended evaluated = bench.type("evaluate", run, "--set", "data.test.path=" + table).well();
    assertThat(evaluated.out()).contains("test.accuracy");
    Ended predicted = predict(table, reader).well();
    assertThat(predicted.out()).isEqualTo("Predicted 64 rows: " + folder + "/out\n");
    Dataset<Row> written = session().read().format(reader).load(folder + "/out");
    assertThat(written.columns()).containsExactly("x", "y", "label", "prediction", "probability");
    assertThat(written.count()).isEqualTo(64);
    assertThat(written.filter("prediction not in ('left', 'right')").count()).isZero();
    assertThat(bench.leftovers()).isEmpty();
  }

  /** Nothing is set but the class path. */
  @Test
  void newAndTrainInSessionsOfTheirOwn() {
    List<Path> tables = List.of(table(TableFormat.DELTA), table(TableFormat.ICEBERG));
    bench.apart();
    for (Path table : tables) {
      String job = bench.path("job.yaml").toString();
      bench.type("new", table.toString(), "--label", "label", "--output", job, "--force").well();
      assertThat(Path.of(job)).content().contains("format: spark", "reader: ");
      bench.train("--run-id", table.getFileName().toString()).well();
    }
  }

  private Ended predict(Path input, String format) {
    return bench.type(
        "predict",
        bench.run("").toString(),
        "--input",
        input.toString(),
        "--output",
        folder + "/out",
        "--format",
        format);
  }

  private Dataset<Row> typed() {
    return session()
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(bench.path("rows.csv").toString());
  }

  /** The same rows as a table, whose folder also has the file of a row that was deleted. */
  private Path table(TableFormat format) {
    String folderName = format.reader() + "_rows";
    Path table = bench.path(folderName);
    String name = format == TableFormat.DELTA ? "delta.`" + table + "`" : lake + "." + folderName;
    String catalog = "spark.sql.catalog." + lake;
    session().conf().set(catalog, "org.apache.iceberg.spark.SparkCatalog");
    session().conf().set(catalog + ".type", "hadoop");
    session().conf().set(catalog + ".warehouse", folder.toString());
    session().conf().set(catalog + ".cache-enabled", "false");
    typed().createOrReplaceTempView("rows");
    run("create table " + name + " using " + format.reader() + " as select * from rows");
    run("insert into " + name + " values (99, 99, 'middle')");
    run("delete from " + name + " where label = 'middle'");
    return table;
  }

  private static void run(String sql) {
    assertThat(session().sql(sql).collectAsList()).isNotNull();
  }

  /** The session of later commands, with the settings of the page. */
  private static SparkSession session() {
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.databricks.delta.snapshotPartitions", "2");
    TableFormat.DELTA.settings().forEach(builder::config);
    SparkSession session = builder.getOrCreate();
    if (session.conf().get("spark.sql.extensions", "").isEmpty()) {
      session.stop();
      return session();
    }
    return session;
  }

  /** With the table's name in place of a folder, and as it was at an earlier version. */
  @Test
  void queriesOfACatalogueAndEarlierVersions() {
    table(TableFormat.ICEBERG);
    bench.job(JOB.formatted("format: sql, query: " + lake + ".iceberg_rows"));
    bench.train().well();
    Path table = table(TableFormat.DELTA);
    bench.job(JOB.formatted("format: sql, query: 'select * from delta.`" + table + "`'"));
    bench.train("--run-id", "query").well();
    String earlier = "format: spark, reader: delta, path: %s, options: {versionAsOf: '1'}";
    bench.job(JOB.formatted(earlier.formatted(table)));
    bench.train("--run-id", "earlier").well();
    assertThat(bench.path("runs/query/encoding.json")).content().doesNotContain("middle");
    assertThat(bench.path("runs/earlier/encoding.json")).content().contains("middle");
    String run = bench.path("runs/earlier").toString();
    String[] predict = {"predict", run, "--input", table.toString(), "--output", folder + "/out"};
    assertThat(bench.type(predict).well().out()).startsWith("Predicted 64 rows");
  }

  @Test
  void aSessionThatWasStartedWithoutDeltasSettings() {
    Path table = table(TableFormat.DELTA);
    SparkTest.stop();
    bench.job(JOB.formatted("format: spark, reader: delta, path: " + table));
    bench.train().well();
    predict(table, "delta").well();
    bench.job(JOB.formatted("format: sql, query: 'select * from delta.`" + table + "`'"));

    bench
        .train("--run-id", "query")
        .failed(
            78,
            "Cannot use Delta in this Spark session: it must be started with "
                + TableFormat.DELTA.settingOptions());
    SparkTest.stop();
  }

  @Test
  void columnNamesThatDeltaAllowsOnlyWithAMapping() {
    session();
    bench.train().well();
    Path rows = bench.write("in.csv", "x,y,\"size (cm), about\"\n1,2,3\n-1,2,4\n");

    predict(rows, "delta").well();

    Dataset<Row> written = session().read().format("delta").load(folder + "/out");
    assertThat(written.columns()).contains("size (cm), about", "prediction");
    assertThat(written.count()).isEqualTo(2);
    predict(rows, "delta")
        .failed(78, "Invalid --output: must not exist yet, got " + folder + "/out");
  }

  @Test
  void pathsThatAreNoTable() {
    session();
    for (String reader : List.of("delta", "iceberg")) {
      bench.job(JOB.formatted("format: spark, reader: " + reader + ", path: rows.csv"));
      bench.train().failedBySayingWhy(65, "Cannot read " + folder + "/rows.csv: ");
    }
  }
}
