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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of Delta and Iceberg, with their own jars on the class path as Spark's submit puts them. */
@Tag("slow")
class LakeTablesTest {
  private static final String JOB =
      """
      name: small
      data: {%s, label: label, test: {fraction: 0.25}}
      model: {name: logistic}
      training: {batch: 16, epochs: 2, workers: 2, shards: 4}
      """;

  @TempDir private Path folder;
  private Workbench bench;
  private ClassLoader before;
  private URLClassLoader withJars;

  @BeforeEach
  void addJars() throws IOException {
    SparkTest.stop();
    List<URL> jars = new ArrayList<>();
    for (String reader : List.of("delta", "iceberg")) {
      for (Path jar : Built.tableJars(reader)) {
        jars.add(url(jar));
      }
    }
    assertThat(jars).hasSize(3);
    before = Thread.currentThread().getContextClassLoader();
    withJars = new URLClassLoader(jars.toArray(URL[]::new), before);
    Thread.currentThread().setContextClassLoader(withJars);
    bench = Workbench.in(folder).apart();
  }

  @AfterEach
  void removeJars() throws IOException {
    SparkTest.stop();
    Thread.currentThread().setContextClassLoader(before);
    withJars.close();
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  @ParameterizedTest
  @EnumSource(names = {"DELTA", "ICEBERG"})
  void trainEvaluateAndPredict(TableFormat format) {
    String reader = format.reader();
    Path table = table(format);
    bench.job(JOB.formatted("format: sql, query: 'select * from parquet.`" + plain() + "`'"));
    bench.train("--run-id", "plain").well();
    bench.job(JOB.formatted("format: spark, reader: " + reader + ", path: table"));

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
    Dataset<Row> written = session(format).read().format(reader).load(folder + "/out");
    assertThat(written.columns())
        .containsExactly("x", "y", "label", "prediction", "probability");
    assertThat(written.count()).isEqualTo(64);
    assertThat(written.filter("prediction not in ('left', 'right')").count()).isZero();
    assertThat(bench.leftovers()).isEmpty();
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

  /** The rows of {@code rows.csv} with types, in {@code plain}. */
  private Path plain() {
    Path plain = bench.path("plain");
    if (!Files.exists(plain)) {
      typed(SparkTest.session()).write().parquet(plain.toString());
      SparkTest.stop();
    }
    return plain;
  }

  private Dataset<Row> typed(SparkSession session) {
    return session
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(bench.path("rows.csv").toString());
  }

  /** The same rows as a table, whose folder also has the file of a row that was deleted. */
  private Path table(TableFormat format) {
    SparkSession session = session(format);
    typed(session).createOrReplaceTempView("rows");
    Path table = bench.path("table");
    String name = format == TableFormat.DELTA ? "delta.`" + table + "`" : "lake.table";
    session.sql("create table " + name + " using " + format.reader() + " as select * from rows");
    session.sql("insert into " + name + " values (99, 99, 'middle')");
    session.sql("delete from " + name + " where label = 'middle'");
    SparkTest.stop();
    return table;
  }

  /** A session with the settings of the page, as a user's own program opens it. */
  private SparkSession session(TableFormat format) {
    SparkTest.stop();
    SparkSession.Builder builder =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false");
    settings(format).forEach(builder::config);
    return builder.getOrCreate();
  }

  private Map<String, String> settings(TableFormat format) {
    String catalog = "org.apache.iceberg.spark.SparkCatalog";
    return format == TableFormat.DELTA
        ? format.settings()
        : Map.of(
            "spark.sql.catalog.lake", catalog,
            "spark.sql.catalog.lake.type", "hadoop",
            "spark.sql.catalog.lake.warehouse", folder.toString(),
            "spark.sql.catalog.default_iceberg", catalog,
            "spark.sql.catalog.default_iceberg.type", "hadoop",
            "spark.sql.catalog.default_iceberg.warehouse", folder.toString());
  }

  /** With the table's name in place of a folder, and as it was at an earlier version. */
  @Test
  void queriesOfACatalogueAndEarlierVersions() {
    table(TableFormat.ICEBERG);
    List<String> settings = new ArrayList<>(List.of("--master", "local[2]"));
    settings(TableFormat.ICEBERG)
        .forEach((key, value) -> settings.addAll(List.of("--conf", key + "=" + value)));
    bench.job(JOB.formatted("format: sql, query: lake.table"));
    bench.train(settings.toArray(String[]::new)).well();

    table(TableFormat.DELTA);
    bench.job(JOB.formatted("format: sql, query: 'select * from delta.`" + folder + "/table`'"));
    bench.train("--run-id", "query").well();
    String earlier = "format: spark, reader: delta, path: table, options: {versionAsOf: '1'}";
    bench.job(JOB.formatted(earlier));
    bench.train("--run-id", "earlier").well();
    assertThat(bench.path("runs/query/encoding.json")).content().doesNotContain("middle");
    assertThat(bench.path("runs/earlier/encoding.json")).content().contains("middle");
    String run = bench.path("runs/earlier").toString();
    String table = bench.path("table").toString();
    String[] predict = {"predict", run, "--input", table, "--output", folder + "/out"};
    assertThat(bench.type(predict).well().out()).startsWith("Predicted 64 rows");
  }

  @Test
  void aSessionThatWasStartedWithoutDeltasSettingsIsRefusedWithThem() {
    table(TableFormat.DELTA);
    bench = Workbench.in(folder);
    SparkTest.session();
    bench.job(JOB.formatted("format: spark, reader: delta, path: table"));

    bench
        .train()
        .failed(
            78,
            "Cannot use Delta in this Spark session: it must be started with "
                + TableFormat.DELTA.settingOptions());
  }

  @Test
  void columnNamesThatDeltaAllowsOnlyWithAMapping() {
    bench.train().well();
    Path rows = bench.write("in.csv", "x,y,\"size (cm), about\"\n1,2,3\n-1,2,4\n");

    predict(rows, "delta").well();

    Dataset<Row> written = session(TableFormat.DELTA).read().format("delta").load(folder + "/out");
    assertThat(written.columns()).contains("size (cm), about", "prediction");
    assertThat(written.count()).isEqualTo(2);
    predict(rows, "delta").failed(78, "Invalid --output: must not exist yet, got " + folder + "/out");
  }

  @Test
  void pathsThatAreNoTable() {
    for (String reader : List.of("delta", "iceberg")) {
      bench.job(JOB.formatted("format: spark, reader: " + reader + ", path: rows.csv"));
      bench.train().failedBySayingWhy(65, "Cannot read " + folder + "/rows.csv: ");
    }
  }
}
