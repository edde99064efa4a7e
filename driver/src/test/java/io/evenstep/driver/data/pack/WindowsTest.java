package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.file.PinnedSession;
import io.evenstep.driver.data.file.SourceTable;
import io.evenstep.driver.data.source.Sources;
import io.evenstep.driver.data.spec.ReadSettings;
import io.evenstep.driver.data.spec.SourceSpec;
import io.evenstep.driver.data.spec.WindowSpec;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows over the rows of a table, for forecasts. */
class WindowsTest {
  @TempDir Path folder;

  private JobConfig job(String data) {
    String job = "data: {format: csv, path: rows.csv, " + data + "}\nmodel: {name: mlp}\n";
    return JobConfig.parse(job, "job", folder.toString(), Overrides.of(Map.of(), Map.of()));
  }

  private Pack pack(String data, List<String> lines) throws IOException {
    SampleFiles.text(folder.resolve("rows.csv"), lines.toArray(String[]::new));
    return Packs.pack(SparkTest.session(), job(data).data(), folder.resolve("packs"));
  }

  /** Days 1 to {@code days} of two shops, shuffled: sales of 100 shop + day. */
  private static List<String> sales(int days) {
    List<String> lines = new ArrayList<>();
    for (int day = 1; day <= days; day++) {
      lines.add("1,2024-01-%02d,%d".formatted(day, 100 + day));
      lines.add("2,2024-01-%02d,%d".formatted(day, 200 + day));
    }
    Collections.shuffle(lines, new Random(3));
    lines.add(0, "shop,day,sales");
    return lines;
  }

  @Test
  void givesTheHistoryOfASeriesAndWhatFollowed() throws IOException {
    Pack pack =
        pack(
            "label: sales, task: regression, window: {time: day, key: shop, history: 3, horizon:"
                + " 2, step: 2}",
            sales(8));

    assertThat(pack.index().encoding().inputShape()).containsExactly(1L, 3L);
    assertThat(pack.index().encoding().outputs().get(0).columns())
        .containsExactly("sales+1", "sales+2");
    assertThat(Packs.trainRows(pack))
        .isDeepEqualTo(
            new float[][] {
              {101, 102, 103, 104, 105},
              {103, 104, 105, 106, 107},
              {201, 202, 203, 204, 205},
              {203, 204, 205, 206, 207}
            });
  }

  @Test
  void splitsByTimeWithoutAWindowOnTwoSides() throws IOException {
    Pack pack =
        pack(
            "label: sales, task: regression, validation: {fraction: 0.25}, test: {fraction: 0.25},"
                + " window: {time: day, key: shop, history: 3}",
            sales(28));

    List<Float> training = numbers(Packs.rows(pack, pack.index().train()));
    List<Float> validation = numbers(Packs.rows(pack, pack.index().validation()));
    List<Float> test = numbers(Packs.rows(pack, pack.index().test()));
    assertThat(training).isNotEmpty();
    assertThat(Collections.max(training)).isLessThan(Collections.min(validation));
    assertThat(Collections.max(validation)).isLessThan(Collections.min(test));
    assertThat(Collections.max(test)).isEqualTo(28);
  }

  /** The days that the rows of both shops have. */
  private static List<Float> numbers(float[][] rows) {
    List<Float> days = new ArrayList<>();
    for (float[] row : rows) {
      for (float number : row) {
        days.add(number % 100);
      }
    }
    return days;
  }

  @Test
  void predictsTheClassOfTheLastRowFromColumnsAndTheirOwnPast() throws IOException {
    Pack pack =
        pack(
            "label: up, features: [x], window: {time: t, history: 2, horizon: 2}",
            List.of("t,x,up", "3,30,yes", "1,10,no", "2,20,no", "4,40,no", "5,50,yes"));

    assertThat(pack.index().encoding().classes()).containsExactly("no", "yes");
    assertThat(Packs.trainRows(pack)).isDeepEqualTo(new float[][] {{10, 20, 1, 0}, {20, 30, 0, 1}});
  }

  @Test
  void fillsGapsWithThePreviousValueOrLeavesTheWindowOut() throws IOException {
    List<String> lines = List.of("t,x,y", "1,,5", "2,20,6", "3,,7", "4,40,8", "5,50,9");
    String job = "label: y, task: regression, features: [x], window: {time: t, history: 2}";

    assertThat(Packs.trainRows(pack(job + ", missing: median", lines)))
        .isDeepEqualTo(new float[][] {{20, 20, 8}, {20, 40, 9}});
    assertThatThrownBy(() -> pack(job + ", missing: drop", lines))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must have rows, got none");
    assertThatThrownBy(() -> pack(job, lines))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("column x: must be a number, got null");
  }

  @Test
  void endsAWindowAtEachRowToPredict() throws IOException {
    SampleFiles.text(folder.resolve("rows.csv"), sales(5).toArray(String[]::new));
    SourceSpec train =
        job("label: sales, task: regression, window: {time: day, key: shop, history: 4}")
            .data()
            .sources()
            .train();
    SourceSpec bare =
        new SourceSpec(
            train.format(),
            train.paths(),
            List.of(),
            train.csv(),
            train.reader(),
            train.query(),
            new ReadSettings(
                Map.of(), train.window().map(WindowSpec::unlabelled), Optional.empty()));
    SourceTable table = Sources.read(PinnedSession.of(SparkTest.session()), bare);

    List<Row> windows = table.records().collect();
    assertThat(windows).hasSize(4);
    assertThat(windows)
        .extracting(row -> row.getAs("shop") + " " + row.getAs("day"))
        .containsExactlyInAnyOrder("1 2024-01-04", "1 2024-01-05", "2 2024-01-04", "2 2024-01-05");
    assertThat(table.rows().count()).isEqualTo(4);
  }

  @Test
  void padsSequencesOfTheLongFormatAndMasksThem() throws IOException {
    Pack pack =
        pack(
            "label: l, features: [x, y], series: {key: id, order: t}",
            List.of(
                "id,t,x,y,l",
                "b,2,6,60,no",
                "a,3,3,30,yes",
                "a,1,1,10,no",
                "b,1,5,50,yes",
                "a,2,2,20,no"));

    assertThat(pack.index().encoding().inputShape()).containsExactly(2L, 3L);
    assertThat(Packs.trainRows(pack))
        .as("the label of the last step")
        .isDeepEqualTo(new float[][] {{1, 2, 3, 10, 20, 30, 0, 1}, {5, 6, 0, 50, 60, 0, 1, 0}});
    assertThat(Packs.trainMasks(pack))
        .containsExactlyInAnyOrder("[1.0, 1.0, 1.0]", "[1.0, 1.0, 0.0]");
  }

  @Test
  void padsSequencesInCellsButNotBeyondTheirLength() throws IOException {
    List<String> lines = List.of("s,l", "4 5,a", "1 2 3,b", "7,a");
    Pack pack = pack("label: l, features: [{column: s, type: sequence, padded: true}]", lines);
    Pack scaled =
        pack(
            "label: l, normalize: min-max, features: [{column: s, type: sequence, padded: true}]",
            lines);

    assertThat(Packs.trainRows(pack))
        .isDeepEqualTo(new float[][] {{1, 2, 3, 0, 1}, {4, 5, 0, 1, 0}, {7, 0, 0, 1, 0}});
    assertThat(Packs.trainRows(scaled)[2]).as("statistics without padding").startsWith(1, 0, 0);
    assertThatThrownBy(
            () ->
                pack(
                    "label: l, features: [{column: s, type: sequence, padded: true, length: 2}]",
                    lines))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 2, column s: must hold at most 2 numbers, got 3");
    assertThatThrownBy(
            () ->
                pack(
                    "label: l, features: [{column: s, type: sequence, padded: true}, n]",
                    List.of("s,n,l", "4 5,1,a", "1,2,b")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "Invalid data.features: must be padded sequences of one length alone");
  }

  @Test
  void namesWhatIsWrong() {
    assertThatThrownBy(
            () ->
                pack(
                    "label: y, task: regression, window: {time: t, history: 2}",
                    List.of("t,y", "1,5", "soon,6", "3,7", "4,8", "5,9")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must have a time written as iso in t, got soon");
    assertThatThrownBy(
            () ->
                pack(
                    "label: y, task: regression, window: {time: when, history: 2}",
                    List.of("t,y", "1,5")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid data.window.time: must be a column of");
    assertThatThrownBy(() -> job("split: stratified, window: {time: t}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.window.history: must be given together with data.window.time")
        .hasMessageContaining("data.label: must be given together with data.window.time")
        .hasMessageContaining("data.split: must not be set together with data.window.time");
    assertThatThrownBy(() -> job("window: {history: 2}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.window.history: must not be set without data.window.time");
  }

  @Test
  void takesPlainNumbersOnlyIntoAHistory() throws IOException {
    String window = "label: y, task: regression, window: {time: t, key: k, history: 2}, ";
    assertThatThrownBy(
            () ->
                job(
                    window
                        + "features: [{column: a, type: numeric, format: comma, clip: [0, 1]}, {column:"
                        + " b, type: categorical}, {column: c, type: numeric, transform: log,"
                        + " normalize: robust}, {column: d, missing: median}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "data.features[0].format: must not be set for a column of data.window")
        .hasMessageContaining("data.features[0].clip: must not be set for a column of data.window")
        .hasMessageContaining("data.features[1].type: must be numeric, sequence or vector for")
        .hasMessageContaining("data.features[2].transform: must not be set for a column of")
        .hasMessageContaining("data.features[2].normalize: must not be robust or quantile for")
        .hasMessageContaining("data.features[3].missing: must not be set for a column of")
        .hasMessageContaining("change them in the table, or in a query with data.format sql");
    Pack pack =
        pack(
            window
                + "features: [x, {column: k, type: categorical}, {column: t, type: numeric, clip: [0, 2]}]",
            List.of("t,k,x,y", "1,a,10,1", "2,a,20,2", "3,a,30,3", "4,a,40,4"));
    assertThat(Packs.trainRows(pack))
        .as("the key and the last time are single cells")
        .isDeepEqualTo(new float[][] {{10, 20, 1, 2, 3}, {20, 30, 1, 2, 4}});
  }

  @Test
  void keepsTheNoticesOfItsTable() throws IOException {
    SampleFiles.text(folder.resolve("rows.csv"), "t,x,y", "1,10,1", "2,20,2", "3,30,3");
    SampleFiles.text(folder.resolve("more.csv"), "t,y", "4,4");
    String job =
        "data: {format: csv, path: [rows.csv, more.csv], mergeColumns: true, label: y, task:"
            + " regression, features: [y], window: {time: t, history: 2}}\nmodel: {name: mlp}\n";
    SourceSpec spec =
        JobConfig.parse(job, "job", folder.toString(), Overrides.of(Map.of(), Map.of()))
            .data()
            .sources()
            .train();
    SourceTable table = Sources.read(PinnedSession.of(SparkTest.session()), spec);
    assertThat(table.notices()).singleElement().asString().contains("more.csv");
  }

  @Test
  void namesTheKeysOfASeries() {
    List<String> lines = List.of("id,t,x,l", "a,1,2,yes");
    assertThatThrownBy(() -> pack("label: l, series: {key: id, order: when}", lines))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid data.series.order: must be a column of");
    assertThatThrownBy(() -> pack("label: l, series: {key: who, order: t}", lines))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid data.series.key: must be a column of");
  }
}
