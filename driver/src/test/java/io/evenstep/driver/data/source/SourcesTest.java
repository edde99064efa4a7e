package io.evenstep.driver.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packs;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.data.spec.Specs;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every source gives the rows that are stored there. */
class SourcesTest {
  private static final float[][] ROWS = {{1, 10, 1, 0}, {2, 20, 0, 1}, {3, 30, 1, 0}};

  @TempDir Path folder;
  private SparkSession session;

  @BeforeEach
  void session() {
    session = SparkTest.session();
  }

  private float[][] packed(Specs spec) throws IOException {
    return Packs.trainRows(Packs.pack(session, spec.build(), folder.resolve("packs")));
  }

  @Test
  void readsCsvWithAndWithoutHeader() throws IOException {
    String bare = SampleFiles.text(folder.resolve("bare.csv"), "1,10,a", "2,20,b", "", "3,30,a");
    String headed =
        SampleFiles.text(folder.resolve("headed.csv"), "x,label,y", "1,a,10", "2,b,20", "3,a,30");

    assertThat(packed(Specs.csv(bare))).isEqualTo(ROWS);
    assertThat(packed(Specs.headed(headed))).isEqualTo(ROWS);
  }

  @Test
  void readsSeveralGzippedCsvFilesThroughAFolderAndAGlob() throws IOException {
    byte[] one = "x,y,label\n1,10,a\n3,30,a\n".getBytes(StandardCharsets.UTF_8);
    byte[] two = "x,y,label\n2,\"20\",b\n".getBytes(StandardCharsets.UTF_8);
    SampleFiles.write(folder.resolve("in/one.csv.gz"), SampleFiles.gzip(one));
    SampleFiles.write(folder.resolve("in/two.csv.gz"), SampleFiles.gzip(two));
    SampleFiles.write(folder.resolve("in/_SUCCESS"), new byte[0]);

    assertThat(packed(Specs.headed(folder.resolve("in").toString()))).isEqualTo(ROWS);
    assertThat(packed(Specs.headed(folder.resolve("in/*.gz").toString()))).isEqualTo(ROWS);
  }

  @Test
  void readsParquetOrcTablesAndQueries() throws IOException {
    var rows =
        session.sql(
            "select * from values (1L, 10.0D, 'a'), (2L, 20.0D, 'b'), (3L, 30.0D, 'a')"
                + " as t(x, y, label)");
    String parquet = folder.resolve("t.parquet").toString();
    String orc = folder.resolve("t.orc").toString();
    rows.write().parquet(parquet);
    rows.write().orc(orc);
    rows.createOrReplaceTempView("numbers");

    assertThat(packed(Specs.of(Specs.source(Format.PARQUET, parquet)))).isEqualTo(ROWS);
    assertThat(packed(Specs.of(Specs.spark("orc", Map.of(), orc)))).isEqualTo(ROWS);
    assertThat(packed(Specs.of(Specs.query("numbers")))).isEqualTo(ROWS);
    assertThat(packed(Specs.of(Specs.query("select y / 10 as x, y, label from numbers"))))
        .isEqualTo(ROWS);
  }

  /** ORC's reader alone would take the columns of one file. */
  @Test
  void joinsFilesWithDifferingColumnsByName() throws IOException {
    var with = session.sql("select 1 as x, 10 as y, 'a' as label");
    var without = session.sql("select 'b' as label, 2 as x");
    for (String format : List.of("orc", "parquet", "json")) {
      String one = folder.resolve(format + "-1").toString();
      String two = folder.resolve(format + "-2").toString();
      with.coalesce(1).write().format(format).save(one);
      without.coalesce(1).write().format(format).save(two);
      for (List<String> order : List.of(List.of(one, two), List.of(two, one))) {
        Specs spec =
            Specs.of(Specs.spark(format, Map.of(), order.toArray(String[]::new)))
                .missing(DataSpec.Missing.FILL, 7);
        assertThat(List.of(packed(spec)))
            .as("%s, %s", format, order)
            .containsExactlyInAnyOrder(new float[] {1, 10, 1, 0}, new float[] {2, 7, 0, 1});
      }
    }
  }

  /** Sources differ in their hidden columns; that of files is no column of the rows. */
  @Test
  void readsJoinsOfFilesAndAColumnNamedLikeTheHiddenOne() throws IOException {
    String left =
        SampleFiles.text(folder.resolve("l.json"), "{\"k\":1,\"x\":2}", "{\"k\":2,\"x\":3}");
    String right =
        SampleFiles.text(
            folder.resolve("r.json"), "{\"k\":1,\"label\":\"a\"}", "{\"k\":2,\"label\":\"b\"}");
    String own =
        SampleFiles.text(
            folder.resolve("own.json"),
            "{\"_metadata\":5,\"label\":\"a\"}",
            "{\"_metadata\":6,\"label\":\"b\"}");
    String join =
        "select l.x, r.label from json.`%s` l join json.`%s` r on l.k = r.k".formatted(left, right);

    assertThat(packed(Specs.of(Specs.query(join)))).hasDimensions(2, 3);
    assertThat(packed(Specs.of(Specs.spark("json", Map.of(), own))))
        .isEqualTo(new float[][] {{5, 1, 0}, {6, 0, 1}});
  }

  @Test
  void readsSvmlightAsOneVector() throws IOException {
    String file = SampleFiles.text(folder.resolve("t.svm"), "1 1:1 3:7", "-1 1:2", "1 1:3 2:5 3:9");

    assertThat(packed(Specs.of(Specs.source(Format.SVMLIGHT, file))))
        .isEqualTo(new float[][] {{1, 0, 7, 0, 1}, {2, 0, 0, 1, 0}, {3, 5, 9, 0, 1}});
  }

  @Test
  void readsIdxPlainAndGzipped() throws IOException {
    float[][] rows = {{0, 1, 2, 3, 4, 5, 1, 0}, {10, 11, 12, 13, 14, 15, 0, 1}};
    String images = SampleFiles.write(folder.resolve("images"), SampleFiles.idxImages(2));
    String labels = SampleFiles.write(folder.resolve("labels"), SampleFiles.idxLabels(2));
    String imagesGz =
        SampleFiles.write(folder.resolve("images.gz"), SampleFiles.gzip(SampleFiles.idxImages(2)));
    String labelsGz =
        SampleFiles.write(folder.resolve("labels.gz"), SampleFiles.gzip(SampleFiles.idxLabels(2)));

    assertThat(packed(Specs.of(Specs.idx(images, labels)))).isEqualTo(rows);
    assertThat(packed(Specs.of(Specs.idx(imagesGz, labelsGz)))).isEqualTo(rows);
    Pack pack =
        Packs.pack(session, Specs.of(Specs.idx(images, labels)).build(), folder.resolve("packs"));
    assertThat(pack.index().encoding().inputShape()).containsExactly(1L, 2L, 3L);
    assertThat(pack.index().encoding().recordBytes()).isEqualTo(7);
  }

  @Test
  void cutsPlainIdxFilesInSlicesThatMeet() {
    IdxFile images = new IdxFile("file:/images", List.of(100_000, 28, 28), false);

    List<IdxSlice> slices = IdxSlice.of(images, java.util.Optional.empty());

    assertThat(slices).hasSizeGreaterThan(1);
    assertThat(slices.get(1).start()).isEqualTo(slices.get(0).count());
    assertThat(slices.stream().mapToInt(IdxSlice::count).sum()).isEqualTo(100_000);
  }

  @Test
  void readsFoldersOfImagesAndBringsThemToOneShape() throws IOException {
    int gray = BufferedImage.TYPE_BYTE_GRAY;
    int rgb = BufferedImage.TYPE_INT_RGB;
    SampleFiles.write(folder.resolve("pets/cat/1.png"), SampleFiles.image("png", gray, 2, 2, 51));
    SampleFiles.write(
        folder.resolve("pets/dog/1.PNG"), SampleFiles.image("png", rgb, 4, 6, 0x66FF00));
    SampleFiles.write(folder.resolve("pets/dog/readme.txt"), new byte[] {1});
    float unit = 1f / 255;
    Specs spec =
        Specs.of(Specs.source(Format.IMAGES, folder.resolve("pets").toString()))
            .feature(
                "image",
                ColumnSpec.Type.IMAGE,
                ColumnSpec.CategoryEncoding.ONE_HOT,
                List.of(3L, 1L, 2L))
            .normalize(Normalization.SCALE);

    assertThat(packed(spec))
        .isEqualTo(
            new float[][] {
              {51 * unit, 51 * unit, 51 * unit, 51 * unit, 51 * unit, 51 * unit, 1, 0},
              {102 * unit, 102 * unit, 1, 1, 0, 0, 0, 1}
            });
    Pack pack = Packs.pack(session, spec.build(), folder.resolve("packs"));
    assertThat(pack.index().encoding().classes()).containsExactly("cat", "dog");
    assertThat(pack.index().encoding().inputShape()).containsExactly(3L, 1L, 2L);
  }

  @Test
  void takesTheFirstImagesShapeWhenNoneIsGiven() throws IOException {
    int gray = BufferedImage.TYPE_BYTE_GRAY;
    SampleFiles.write(folder.resolve("pets/cat/1.jpg"), SampleFiles.image("jpg", gray, 2, 3, 51));
    SampleFiles.write(folder.resolve("pets/dog/1.jpg"), SampleFiles.image("jpg", gray, 8, 6, 200));
    DataSpec spec =
        Specs.of(Specs.source(Format.IMAGES, folder.resolve("pets").toString())).build();

    Pack pack = Packs.pack(session, spec, folder.resolve("packs"));

    assertThat(pack.index().encoding().inputShape()).containsExactly(1L, 2L, 3L);
    assertThat(Packs.trainRows(pack)[1]).startsWith(200, 200, 200, 200, 200, 200);
  }
}
