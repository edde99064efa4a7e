package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.run.RunReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unprepared table trains at the first try. */
class NewCommandTest {
  private static final int ROWS = 120;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void setUp() {
    bench = Workbench.in(folder);
  }

  /** Semicolons, windows-1252 accents, dates, booleans, gaps, an id, a leak, a rare class. */
  private static String table() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("id;größe;farbe;seit;aktiv;notiz;fest;code;art;preis\n");
    for (int i = 0; i < ROWS; i++) {
      boolean left = i % 2 == 0;
      String size = i % 9 == 4 ? "NA" : String.valueOf((left ? -1 : 1) + random.nextGaussian() / 4);
      String kind = i == 50 ? "selten" : i == 60 ? "" : left ? "links" : "rechts";
      text.append(i + 1).append(';').append(size).append(';');
      text.append(i % 3 == 0 ? "grün" : "blau").append(';');
      text.append("1").append(i % 10).append(".3.20").append(10 + i % 12).append(';');
      text.append(i % 5 == 0 ? "ja" : "nein").append(';');
      text.append("Notiz Nummer ").append(i * 7919).append(" über etwas;1;");
      text.append(kind.isEmpty() ? "" : kind.substring(0, 1)).append(';').append(kind).append(';');
      text.append(100 + 50 * (left ? -1 : 1) + i % 4).append('\n');
    }
    return text.toString();
  }

  private Ended draft(String... more) {
    String[] line = {
      "new", bench.path("tabelle.csv").toString(), "--output", bench.path("job.yaml").toString()
    };
    String[] whole = java.util.Arrays.copyOf(line, line.length + more.length + 1);
    System.arraycopy(more, 0, whole, line.length, more.length);
    whole[whole.length - 1] = "--force";
    return bench.type(whole);
  }

  @Test
  void joinsFilesWithDifferingColumns() {
    String rows = "-1,2,left\n3,4,right\n-2,5,left\n4,6,right\n".repeat(20);
    bench.write("parts/a.csv", "x,y,label\n" + rows);
    bench.write("parts/b.csv", "x,label\n" + rows.replaceAll(",\\d", ""));

    Ended drafted =
        bench.type(
            "new",
            bench.path("parts").toString(),
            "--label",
            "label",
            "--output",
            bench.path("job.yaml").toString(),
            "--force");

    assertThat(drafted.well().out()).contains("files        joined by name, as the header of ");
    assertThat(bench.path("job.yaml")).content().contains("mergeColumns: true ");
    bench.train().well();
  }

  @Test
  void writesAJobThatTrainsAsItStands() {
    bench.write("tabelle.csv", table().getBytes(java.nio.charset.Charset.forName("windows-1252")));

    Ended drafted = draft("--label", "art").well();

    assertThat(drafted.out())
        .contains("windows-1252", "separator    ;", "links", "50.4 %", "free text", "Wrote ");
    String job = Workbench.text(bench.path("job.yaml"));
    assertThat(job)
        .contains(
            "path: \"tabelle.csv\"",
            "delimiter: \";\"",
            "encoding: \"windows-1252\"",
            "{column: \"größe\", type: numeric, indicator: true}",
            "{column: farbe, type: categorical}",
            "{column: seit, type: time, format: \"d.M.yyyy\"}",
            "# not used: id numbers the rows",
            "{column: notiz, type: text",
            "# not used: fest is constant",
            "# not used: code reveals the label",
            "absent: [NA]",
            "split: stratified");
    bench.train().well();
    RunReport report = bench.report();
    assertThat(report.metrics().get("test.accuracy")).isGreaterThan(0.9);
  }

  @Test
  void scalesANumberToPredictAndGivesFiguresOfTheNumberItself() {
    bench.write("tabelle.csv", table());

    draft("--label", "preis").well();

    assertThat(Workbench.text(bench.path("job.yaml")))
        .contains("task: classification")
        .contains("use regression");
    draft("--label", "preis", "--task", "regression").well();
    assertThat(Workbench.text(bench.path("job.yaml"))).contains("normalizeLabel: standard");
    bench.train().well();
    assertThat(bench.report().metrics().get("test.mae")).isBetween(0.01, 20.0);
    assertThat(bench.report().metrics().get("test.loss")).isLessThan(0.2);
    bench
        .type(
            "predict",
            bench.path("runs/small").toString(),
            "--input",
            bench.path("tabelle.csv").toString(),
            "--output",
            bench.path("out").toString())
        .well();
    double mean =
        SparkTest.session()
            .read()
            .parquet(bench.path("out").toString())
            .selectExpr("avg(prediction)")
            .first()
            .getDouble(0);
    assertThat(mean).isBetween(90.0, 112.0);
  }

  @Test
  void readsJsonListsAndParquet() {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 60; i++) {
      json.append(i == 0 ? "" : ",\n").append("{\"Title\":\"Film ").append(i * 31);
      json.append("\",\"when\":\"Jan ").append(10 + i % 20).append(" 1998\",\"kind\":\"");
      json.append(i % 2 == 0 ? "a" : "b").append("\",\"cost\":").append(i % 7 == 0 ? "null" : i);
      json.append(",\"tags\":[1,2],\"deep\":{\"x\":1}}");
    }
    bench.write("tabelle.csv", "");
    bench.write("films.json", json.append("]").toString().getBytes(StandardCharsets.UTF_8));
    String output = bench.path("job.yaml").toString();
    String data = bench.path("films.json").toString();

    bench.type("new", data, "--label", "kind", "--output", output, "--force").well();

    assertThat(Workbench.text(bench.path("job.yaml")))
        .contains("reader: json", "multiLine", "type: time, format: \"MMM d yyyy\"")
        .contains("# not used: Title", "# not used: tags", "# not used: deep");
    bench.train().well();

    SparkTest.session()
        .read()
        .option("multiLine", "true")
        .json(data)
        .drop("deep")
        .write()
        .parquet(bench.path("films").toString());
    bench
        .type(
            "new", bench.path("films").toString(), "--label", "kind", "--output", output, "--force")
        .well();
    assertThat(Workbench.text(bench.path("job.yaml"))).contains("format: parquet");
    bench.train("--run-id", "parquet").well();
  }

  @Test
  void checksAJobAndAllItsDataWithoutTraining() {
    Ended good = bench.train("--check").well();
    assertThat(good.out()).contains("rows", "training", "memory");
    assertThat(bench.path("runs/small")).doesNotExist();

    bench.write("rows.csv", Workbench.rows(64) + "1,two,left\n2,three,right\nx,4,left\n");
    bench
        .train("--check")
        .failed(
            65,
            "Invalid data in "
                + bench.path("rows.csv")
                + ", row 65, column y: must be a number, got two; 1 more like it: three in row 66",
            "Invalid data in "
                + bench.path("rows.csv")
                + ", row 67, column x: must be a number, got x");
  }

  @Test
  void describesATable() {
    bench.write("tabelle.csv", table());

    Ended described = bench.type("describe", bench.path("tabelle.csv").toString()).well();

    assertThat(described.out())
        .contains("encoding     UTF-8", "header       the first line", "rows         120")
        .contains("dates or times", "written as d.M.yyyy", "is constant");
  }

  @Test
  void refusesWhatItCannotDo() {
    bench.write("tabelle.csv", table());

    Ended none = draft("--label", "nothing");
    assertThat(none.code()).isEqualTo(78);
    assertThat(none.err()).contains("Invalid --label: must be a column of the table [id, größe");
    Ended constant = draft("--label", "fest");
    assertThat(constant.code()).isEqualTo(65);
    assertThat(constant.err()).contains("Cannot predict column fest: it must have at least 2");
    bench.write("useless.csv", "same,label\n1,a\n1,b\n1,a\n");
    Ended useless =
        bench.type(
            "new",
            bench.path("useless.csv").toString(),
            "--label",
            "label",
            "--output",
            bench.path("none.yaml").toString());
    assertThat(useless.code()).isEqualTo(65);
    assertThat(useless.err()).contains("besides the label; same is constant");
    Ended there =
        bench.type(
            "new",
            bench.path("tabelle.csv").toString(),
            "--label",
            "art",
            "--output",
            bench.path("job.yaml").toString());
    assertThat(there.code()).isEqualTo(78);
    assertThat(there.err()).contains("--output: must not exist yet, unless --force");
  }
}
