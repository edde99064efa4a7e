package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Date and boolean columns, and the treatment of missing values by column and role. */
class GapsTest {
  @TempDir Path folder;

  private Pack pack(String data, String... lines) throws IOException {
    SampleFiles.text(folder.resolve("rows.csv"), lines);
    String job =
        "data: {format: csv, path: rows.csv, label: l, " + data + "}\nmodel: {name: mlp}\n";
    DataSpec spec =
        JobConfig.parse(job, "job", folder.toString(), Overrides.of(Map.of(), Map.of())).data();
    return Packs.pack(SparkTest.session(), spec, folder.resolve("packs"));
  }

  @Test
  void fillsTheMedianOfEachColumnAndSaysWhereItDid() throws IOException {
    Pack pack =
        pack(
            "missing: median, features: [{column: x, indicator: true}, y]",
            "x,y,l",
            "1,,a",
            "3,30,b",
            ",40,a",
            "9,80,b",
            "11,50,a");

    assertThat(Packs.trainRows(pack))
        .isDeepEqualTo(
            new float[][] {
              {1, 0, 45, 1, 0},
              {3, 0, 30, 0, 1},
              {6, 1, 40, 1, 0},
              {9, 0, 80, 0, 1},
              {11, 0, 50, 1, 0}
            });
  }

  @Test
  void fillsByColumn() throws IOException {
    Pack pack =
        pack(
            "missing: mean, features: [x, {column: y, fill: -1}, {column: z, missing: drop}]",
            "x,y,z,l",
            "1,,5,a",
            "3,30,6,b",
            ",40,7,a",
            "5,80,,b");

    assertThat(pack.index().droppedRows()).isEqualTo(1);
    assertThat(Packs.trainRows(pack))
        .isDeepEqualTo(new float[][] {{1, -1, 5, 1, 0}, {2, 40, 7, 1, 0}, {3, 30, 6, 0, 1}});
  }

  @Test
  void takesTextsForNothingWhereTheJobSaysSo() throws IOException {
    Pack pack = pack("missing: fill, absent: [NA, \"?\"]", "x,l", "1,a", "NA,b", "?,a", "5,b");
    assertThat(pack.index().droppedRows()).isZero();
    assertThat(pack.index().encoding().classes()).containsExactly("a", "b");
  }

  @Test
  void dropsRowsWithoutALabelAlone() throws IOException {
    Pack pack =
        pack(
            "missing: fill, absent: [NA], missingLabel: drop",
            "x,l",
            "1,a",
            "NA,b",
            "3,NA",
            "4,",
            "5,b");

    assertThat(pack.index().droppedRows()).isEqualTo(2);
    assertThat(Packs.trainRows(pack))
        .isDeepEqualTo(new float[][] {{0, 0, 1}, {1, 1, 0}, {5, 0, 1}});
  }

  @Test
  void refusesAMissingLabelWhereTheRowsThatLackAFeatureAreDropped() {
    assertThatThrownBy(
            () -> pack("missing: drop, missingLabel: refuse", "x,l", "1,a", "2,b", "3,", ",a"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 3, column l: must not be missing");
  }

  @Test
  void readsTruthsInTheirUsualSpellings() throws IOException {
    Pack pack =
        pack(
            "features: [n, {column: x, type: boolean}]",
            "n,x,l",
            "1,Yes,a",
            "2,off,b",
            "3,T,a",
            "4,0,b");

    assertThat(Packs.trainRows(pack))
        .isDeepEqualTo(new float[][] {{1, 1, 1, 0}, {2, 0, 0, 1}, {3, 1, 1, 0}, {4, 0, 0, 1}});
    assertThatThrownBy(
            () -> pack("features: [{column: x, type: boolean}]", "x,l", "yes,a", "maybe,b"))
        .hasMessageContaining("row 2, column x: must be true or false, got maybe");
  }

  @Test
  void makesNumbersOfTimes() throws IOException {
    Pack pack =
        pack(
            "features: [{column: t, type: time, format: d.M.yyyy}]",
            "t,l",
            "1.1.2020,a",
            "3.1.2020,b");

    assertThat(pack.index().encoding().inputShape()).containsExactly(7L);
    float[][] rows = Packs.trainRows(pack);
    assertThat(rows[0][0]).isEqualTo(-1);
    assertThat(rows[1][0]).isEqualTo(1);
    assertThatThrownBy(
            () -> pack("features: [{column: t, type: time}]", "t,l", "2020-01-01,a", "1.1.2020,b"))
        .hasMessageContaining("row 2, column t: must be a time written as iso, got 1.1.2020");
  }

  @Test
  void scalesLabelsThatAreNumbersAndKnowsTheWayBack() throws IOException {
    Pack pack =
        pack(
            "task: regression, normalizeLabel: standard, missingLabel: drop",
            "x,l",
            "1,100",
            "2,300",
            "3,");

    assertThat(Packs.trainRows(pack)).isDeepEqualTo(new float[][] {{1, -1}, {2, 1}});
    var scaling = pack.index().encoding().outputs().get(0).scaling();
    assertThat(scaling.undone(0, -1)).isEqualTo(100);
    assertThat(scaling.undone(0, 1)).isEqualTo(300);
  }

  @Test
  void keepsAllOfItInTheEncodingThatTravelsWithTheModel() throws IOException {
    Pack pack =
        pack(
            "absent: [NA], missing: median, missingLabel: drop,"
                + " features: [{column: x, indicator: true}, {column: t, type: time},"
                + " {column: b, type: boolean}, {column: c, type: categorical, missing: drop}]",
            "x,t,b,c,l",
            "1,2020-01-01,yes,red,a",
            "NA,2020-01-02,no,blue,b");
    Encoding encoding = pack.index().encoding();

    assertThat(Encoding.fromJson(encoding.toJson())).isEqualTo(encoding);
  }

  @Test
  void leavesTheJsonOfPlainEncodingsAsItWas() throws IOException {
    Pack pack = pack("missing: fill", "x,c,l", "1,1,a", "2,2,b");

    assertThat(pack.index().encoding().toJson()).doesNotContain("gaps", "format", "absent");
  }
}
