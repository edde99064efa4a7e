package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.pack.PackSplit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows chosen for validation and test: by class, by group, in order. */
class SplitsTest {
  private static final int ROWS = 1_000;

  @TempDir Path folder;

  /** Row number, group of ten rows, and a class: one row, ten rows, and the rest of 1,000 rows. */
  @BeforeEach
  void writeRows() throws IOException {
    List<String> lines = new ArrayList<>(List.of("n,g,l"));
    for (int i = 0; i < ROWS; i++) {
      String label = i == 500 ? "single" : i % 100 == 7 ? "rare" : "usual";
      lines.add(i + "," + i / 10 + "," + label);
    }
    SampleFiles.text(folder.resolve("rows.csv"), lines.toArray(String[]::new));
  }

  private Pack pack(String data) {
    return pack("l", data);
  }

  private Pack pack(String label, String data) {
    String job =
        "data: {format: csv, path: rows.csv, test: {fraction: 0.2},"
            + " validation: {fraction: 0.1}, "
            + data
            + ", label: "
            + label
            + "}\nmodel: {name: mlp}\n";
    DataSpec spec =
        JobConfig.parse(job, "job", folder.toString(), Overrides.of(Map.of(), Map.of())).data();
    return Packs.pack(SparkTest.session(), spec, folder.resolve("packs"));
  }

  private static double sum(float[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).sum();
  }

  @Test
  void cutsEachClassInTheSameShares() throws IOException {
    Pack pack = pack("split: stratified");

    assertThat(pack.index().encoding().classes()).containsExactly("rare", "single", "usual");
    float[][] test = Packs.rows(pack, pack.index().test());
    float[][] validation = Packs.rows(pack, pack.index().validation());
    assertThat(test).hasNumberOfRows(200);
    assertThat(sum(test, 2)).isEqualTo(2);
    assertThat(sum(validation, 2)).isEqualTo(1);
    assertThat(validation).hasNumberOfRows(100);
    assertThat(sum(test, 3) + sum(validation, 3)).as("a single row is for training").isZero();
    assertThat(pack.index().notices())
        .containsExactly(
            "Too few rows to hold any out of single: all of them are used for training");
  }

  @Test
  void meetsTheSharesExactlyForNumbers() {
    Pack pack = pack("n", "task: regression, features: [g], split: stratified");

    assertThat(pack.index().test().rows()).isEqualTo(200);
    assertThat(pack.index().validation().rows()).isEqualTo(100);
  }

  @Test
  void keepsGroupsTogether() throws IOException {
    Pack pack = pack("n", "task: regression, features: [g], split: grouped, splitBy: g");

    Set<Float> seen = new HashSet<>();
    for (PackSplit split :
        List.of(pack.index().train(), pack.index().validation(), pack.index().test())) {
      Set<Float> groups = new HashSet<>();
      for (float[] row : Packs.rows(pack, split)) {
        groups.add(row[0]);
      }
      assertThat(groups).isNotEmpty();
      assertThat(Collections.disjoint(groups, seen)).as("%s and %s", groups, seen).isTrue();
      seen.addAll(groups);
    }
    assertThat(seen).hasSize(ROWS / 10);
  }

  @Test
  void testsOnWhatComesLast() throws IOException {
    Pack pack = pack("g", "task: regression, features: [n], split: ordered, splitBy: n");

    float[][] train = Packs.rows(pack, pack.index().train());
    float[][] validation = Packs.rows(pack, pack.index().validation());
    float[][] test = Packs.rows(pack, pack.index().test());
    assertThat(train[train.length - 1][0]).isEqualTo(699);
    assertThat(validation[0][0]).isEqualTo(700);
    assertThat(validation[validation.length - 1][0]).isEqualTo(799);
    assertThat(test[0][0]).isEqualTo(800);
  }

  @Test
  void ordersNumbersAsTheColumnWritesThem() throws IOException {
    List<String> lines = new ArrayList<>(List.of("x;n;l"));
    for (int i = 0; i < 10; i++) {
      lines.add("1.00" + i + ",5;" + i + ";" + (i % 2 == 0 ? "a" : "b"));
    }
    SampleFiles.text(folder.resolve("rows.csv"), lines.toArray(String[]::new));
    String comma = "delimiter: \";\", task: regression, split: ordered, splitBy: x, ";
    Pack feature = pack("n", comma + "features: [{column: x, type: numeric, format: comma}]");
    Pack label = pack("x", comma + "labelFormat: comma, features: [n]");

    assertThat(Packs.rows(feature, feature.index().test()))
        .isDeepEqualTo(new float[][] {{1008.5f, 8}, {1009.5f, 9}});
    assertThat(Packs.rows(label, label.index().test()))
        .isDeepEqualTo(new float[][] {{8, 1008.5f}, {9, 1009.5f}});
    assertThatThrownBy(
            () ->
                pack(
                    "n",
                    "delimiter: \";\", task: regression, split: ordered, splitBy: l, features:"
                        + " [{column: l, type: text}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid data.splitBy: must be a column of numbers or times for data.split ordered,"
                + " got l");
  }

  @Test
  void needsAColumnToGroupBy() {
    assertThatThrownBy(() -> pack("split: grouped"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.splitBy: must be given for data.split grouped");
    assertThatThrownBy(() -> pack("split: grouped, splitBy: none"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.splitBy: must be a column of");
    assertThatThrownBy(() -> pack("splitBy: g"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("data.splitBy: must not be set unless data.split is grouped");
  }
}
