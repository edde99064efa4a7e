package io.evenstep.driver.data.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packs;
import io.evenstep.driver.data.spec.DataSpec.Missing;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the kind of a column is inferred when the job says little about it. */
class ColumnKindsTest {
  @TempDir private Path folder;

  @Test
  void takesNamedAndUnnamedColumnsOfTypedSourcesAlike() {
    String parquet =
        parquet(
            "t",
            "select 1 as x, 'a' as t, array(1, 2) as v, 'p' as label"
                + " union all select 2, 'b', array(3, 4), 'q'");
    Specs unnamed = Specs.of(Specs.source(Format.PARQUET, parquet));
    Specs named = Specs.of(Specs.source(Format.PARQUET, parquet)).feature(untyped("*"));

    assertThat(pack(named).index().encoding()).isEqualTo(pack(unnamed).index().encoding());
  }

  private static ColumnSpec untyped(String name) {
    return new ColumnSpec(
        name,
        Optional.empty(),
        ColumnSpec.CategoryEncoding.ONE_HOT,
        List.of(),
        0,
        Optional.empty());
  }

  @Test
  void knowsAColumnThatOnlySomeParquetFilesHaveWhicheverComesFirst() {
    String with = "select 1 as x, 2 as y, 'p' as label union all select 2, 3, 'q'";
    String without = "select 1 as x, 'p' as label union all select 2, 'q'";
    for (List<String> order : List.of(List.of(with, without), List.of(without, with))) {
      String root = folder.resolve("some-" + order.indexOf(with)).toString();
      parquet(root + "/1", order.get(0));
      parquet(root + "/2", order.get(1));
      Specs spec = Specs.of(Specs.source(Format.PARQUET, root + "/1", root + "/2"));

      assertThatThrownBy(() -> pack(spec))
          .hasMessageContaining(", row 1, column y: must not be missing, got nothing");
      assertThat(pack(spec.missing(Missing.DROP, 0)).index().train().rows()).isEqualTo(2);
    }
  }

  @Test
  void leavesOutTheIndexThatPandasWrote() throws IOException {
    for (String header : List.of("Unnamed: 0,x,label", ",x,label", "Unnamed: 0.1,x,label")) {
      Pack pack = pack(Specs.headed(csv(header, "0,5,a", "1,6,b")));
      assertThat(columns(pack)).containsExactly("x");
      assertThat(pack.index().notices())
          .singleElement()
          .asString()
          .endsWith(
              "\" is skipped because it looks like an index written by pandas; name it in"
                  + " data.features to use it");
    }
    String parquet =
        parquet(
            "i", "select 1 as x, 'p' as label, 7 as __index_level_0__ union all select 2, 'q', 8");
    Specs spec = Specs.of(Specs.source(Format.PARQUET, parquet));
    assertThat(columns(pack(spec))).containsExactly("x");
    assertThat(columns(pack(spec.feature(untyped("__index_level_0__")))))
        .containsExactly("__index_level_0__");
    assertThat(columns(pack(Specs.headed(csv("x,Unnamed: 0,label", "0,5,a", "1,6,b")))))
        .containsExactly("x", "Unnamed: 0");
  }

  @Test
  void warnsOfLabelsThatLookLikeNumbersToPredict() throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,label"));
    for (int i = 0; i < 60; i++) {
      lines.add(i + "," + (100.5 + i));
    }
    String file = csv(lines.toArray(String[]::new));
    assertThat(pack(Specs.headed(file)).index().notices())
        .containsExactly(
            "Label label has 60 classes, and all of them are numbers. To predict a number, set"
                + " data.task to regression");
    assertThat(pack(Specs.headed(file).regression()).index().notices()).isEmpty();
  }

  @Test
  void saysThatAFileIsEmpty() throws IOException {
    String file = csv("x,label", "1,a", "2,b");
    Path empty = Files.createFile(folder.resolve("empty.csv"));

    assertThat(pack(Specs.headed(folder + "/*.csv")).index().notices())
        .containsExactly(empty + " is empty and was skipped");
  }

  @Test
  void looksForTheFirstVectorWhereRowsMayBeDropped() throws IOException {
    Path json = folder.resolve("v.json");
    Files.writeString(
        json,
        "{\"v\": null, \"label\": \"a\"}\n{\"v\": [1, 2], \"label\": \"a\"}\n"
            + "{\"v\": [3, 4], \"label\": \"b\"}\n");
    Specs spec = Specs.of(json(json));

    assertThat(pack(spec.missing(Missing.DROP, 0)).index().train().rows()).isEqualTo(2);
    assertThatThrownBy(() -> pack(Specs.of(json(json))))
        .hasMessage(
            "Invalid data in " + json + ", row 1, column v: must not be missing, got nothing");

    Files.writeString(json, "{\"v\": [], \"label\": \"a\"}\n{\"v\": [1, 2], \"label\": \"b\"}\n");
    assertThatThrownBy(() -> pack(Specs.of(json(json))))
        .hasMessage(
            "Invalid data in "
                + json
                + ", row 1, column v: must have at least 1 number if data.features does not give"
                + " its length, got none");
  }

  private static SourceSpec json(Path file) {
    return new SourceSpec(
        Format.SPARK,
        List.of(file.toString()),
        List.of(),
        false,
        ",",
        Optional.of("json"),
        Optional.empty(),
        java.util.Map.of());
  }

  private String csv(String... lines) throws IOException {
    Path file = Files.createTempFile(folder, "rows", ".csv");
    return Files.write(file, List.of(lines)).toString();
  }

  private String parquet(String name, String query) {
    String file = folder.resolve(name).toString();
    SparkTest.session().sql(query).coalesce(1).write().parquet(file);
    return file;
  }

  private static List<String> columns(Pack pack) {
    return pack.index().encoding().inputs().get(0).columns();
  }

  private Pack pack(Specs spec) {
    return Packs.pack(SparkTest.session(), spec.build(), folder.resolve("packs"));
  }
}
