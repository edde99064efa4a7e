package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows of a source are used, and how files with other columns are joined. */
class UsedRowsTest {
  @TempDir Path folder;

  private Pack pack(String data) {
    String label = data.contains("label: ") ? "" : "label: l, ";
    String job =
        "data: {format: csv, path: in, task: regression, "
            + label
            + data
            + "}\nmodel: {name: mlp}\n";
    DataSpec spec =
        JobConfig.parse(job, "job", folder.toString(), Overrides.of(Map.of(), Map.of())).data();
    return Packs.pack(SparkTest.session(), spec, folder.resolve("packs"));
  }

  private void write(String name, String... lines) throws IOException {
    SampleFiles.text(folder.resolve("in").resolve(name), lines);
  }

  private void writeNumbers(int count) throws IOException {
    List<String> lines = new ArrayList<>(List.of("n,l"));
    for (int i = 0; i < count; i++) {
      lines.add(i + "," + i);
    }
    write("rows.csv", lines.toArray(String[]::new));
  }

  private static double[] column(float[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().toArray();
  }

  @Test
  void takesTheSameSampleEachTime() throws IOException {
    writeNumbers(5_000);
    Pack tenth = pack("sample: 0.1, splitSeed: 3");
    assertThat(tenth.index().train().rows()).isBetween(440L, 560L);
    double[] rows = column(Packs.trainRows(tenth), 0);
    assertThat(Arrays.stream(rows).max().orElse(0)).isGreaterThan(4_900);

    double[] thousand = column(Packs.trainRows(pack("sample: 1000, splitSeed: 3")), 0);
    assertThat(thousand.length).isBetween(920, 1_080);
    assertThat(thousand).as("a larger sample has the rows of a smaller one").contains(rows);
    assertThat(column(Packs.trainRows(pack("sample: 0.1, splitSeed: 4")), 0)).isNotEqualTo(rows);
  }

  @Test
  void splitsOnlyTheSample() throws IOException {
    writeNumbers(5_000);
    Pack pack = pack("sample: 0.2, split: stratified, test: {fraction: 0.25}");
    long rows = pack.index().train().rows() + pack.index().test().rows();
    assertThat(rows).isBetween(900L, 1_100L);
    assertThat(pack.index().test().rows()).isEqualTo(Math.round(rows * 0.25));
  }

  @Test
  void skipsBadRowsAndSaysWhich() throws IOException {
    write("rows.csv", "n,l", "1,1", "two,2", "3", "4,4", "five,5", "6,NaN");
    assertThatThrownBy(() -> pack("badRows: refuse")).isInstanceOf(DataException.class);

    Pack pack = pack("badRows: skip");

    assertThat(column(Packs.trainRows(pack), 0)).containsExactly(1, 4);
    String file = folder.resolve("in/rows.csv").toString();
    assertThat(pack.index().notices())
        .containsExactly(
            "Skipped 2 rows: Invalid data in "
                + file
                + ", row 2, column n: must be a number, got two; 1 more like it: five in row 5",
            "Skipped 1 row: Invalid data in " + file + ", row 3: must have 2 fields, got 3",
            "Skipped 1 row: Invalid data in "
                + file
                + ", row 6, column l: must be finite, got NaN");
  }

  @Test
  void namesBadRowsWhenNoneIsLeft() throws IOException {
    write("rows.csv", "n,l", "one,1", "two,2");
    assertThatThrownBy(() -> pack("badRows: skip"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("there must be at least 1 training row")
        .hasMessageContaining("column n: must be a number, got one");
  }

  @Test
  void passesOverLinesBeforeTheHeader() throws IOException {
    write("1.csv", "A report, of\"the year", "", "n,l", "1,10", "2,20");
    write("2.csv", "Another", "", "n,l", "3,30");
    for (String more : List.of("", ", options: {multiLine: true}")) {
      Pack pack = pack("skip: 2" + more);
      assertThat(column(Packs.trainRows(pack), 0)).containsExactly(1, 2, 3);
      assertThat(column(Packs.trainRows(pack), 1)).containsExactly(10, 20, 30);
    }
    assertThat(column(Packs.trainRows(pack("skip: 3, header: false, label: c1")), 0))
        .containsExactly(1, 2, 3);
  }

  @Test
  void joinsFilesByTheNamesOfTheirColumns() throws IOException {
    write("1.csv", "n,l,m", "1,10,5", "2,20,6");
    write("2.csv", "l,n", "30,3");
    write("3.csv", "m,l,n,extra", "7,40,4,9");
    Pack pack = pack("mergeColumns: true, features: [n, m], missing: fill, fill: -1");
    assertThat(Packs.trainRows(pack))
        .isEqualTo(new float[][] {{1, 5, 10}, {2, 6, 20}, {3, -1, 30}, {4, 7, 40}});
    assertThat(pack.index().notices())
        .containsExactly(
            folder.resolve("in/1.csv")
                + " has no columns [extra]: these values are missing in its rows",
            folder.resolve("in/2.csv")
                + " has no columns [m, extra]: these values are missing in its rows");
    assertThat(pack.index().gaps().missing()).containsEntry("m", 1L);
  }
}
