package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.spec.ColumnSpec.CategoryEncoding;
import io.evenstep.driver.data.spec.ColumnSpec.Type;
import io.evenstep.driver.data.spec.DataSpec.Missing;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.SourceSpec.Format;
import io.evenstep.driver.data.spec.Specs;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Unseen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of column is encoded as the right numbers. */
class ColumnsTest {
  @TempDir Path folder;

  private Pack pack(Specs spec) {
    return Packs.pack(SparkTest.session(), spec.build(), folder.resolve("packs"));
  }

  private String csv(String... lines) throws IOException {
    return SampleFiles.text(folder.resolve("data.csv"), lines);
  }

  @Test
  void expandsCategoriesInSortedOrder() throws IOException {
    String file =
        csv("id,colour,size,label", "1,red,10,yes", "2,blue,9,no", "3,red,9,yes", "4,green,2,no");
    Specs spec =
        Specs.headed(file)
            .feature("id", Type.NUMERIC)
            .feature("colour", Type.CATEGORICAL)
            .feature("size", Type.CATEGORICAL, CategoryEncoding.INDEX, List.of());

    Pack pack = pack(spec);

    assertThat(Packs.trainRows(pack))
        .isEqualTo(
            new float[][] {
              {1, 0, 0, 1, 2, 0, 1},
              {2, 1, 0, 0, 1, 1, 0},
              {3, 0, 0, 1, 1, 0, 1},
              {4, 0, 1, 0, 0, 1, 0}
            });
    assertThat(pack.index().encoding().recordBytes()).isEqualTo(4 + 1 + 1 + 1);
  }

  @Test
  void learnsCategoriesFromTrainingRowsAlone() throws IOException {
    String file = csv("colour,size,label", "red,1,a", "blue,2,b", "red,2,a");
    String test =
        SampleFiles.text(folder.resolve("test.csv"), "colour,size,label", "blue,1,a", "green,2,b");
    Specs spec =
        Specs.headed(file)
            .feature("colour", Type.CATEGORICAL)
            .feature("size", Type.CATEGORICAL, CategoryEncoding.INDEX, List.of())
            .test(Specs.headed(test).build().sources().train());

    assertThatThrownBy(() -> pack(spec))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "Invalid data in "
                + test
                + ", row 2, column colour: green is a category that no training row has; set"
                + " data.unseen: ignore to accept it in a one-hot column");

    Pack pack = pack(spec.unseen(Unseen.IGNORE));
    assertThat(Packs.rows(pack, pack.index().test()))
        .isEqualTo(new float[][] {{0, 0, 1, 0, 1}, {1, 0, 0, 1, 0}});
  }

  @Test
  void refusesUnseenCategoriesOfAnIndexColumnWhateverTheJobSays() throws IOException {
    String file = csv("size,label", "1,a", "2,b");
    String test = SampleFiles.text(folder.resolve("test.csv"), "size,label", "3,a");
    Specs spec =
        Specs.headed(file)
            .feature("size", Type.CATEGORICAL, CategoryEncoding.INDEX, List.of())
            .unseen(Unseen.IGNORE)
            .test(Specs.headed(test).build().sources().train());

    assertThatThrownBy(() -> pack(spec))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 1, column size: 3 is a category that no training row has");
  }

  @Test
  void laysSequencesUnderEachOtherAsFeaturesByTime() throws IOException {
    String file = csv("a,b,label", "1 2 3,4;5;6,x", "7 8 9,10;11;12,y");
    Specs spec = Specs.headed(file).feature("?", Type.SEQUENCE);

    Pack pack = pack(spec);

    assertThat(pack.index().encoding().inputShape()).containsExactly(2L, 3L);
    assertThat(Packs.trainRows(pack))
        .isEqualTo(new float[][] {{1, 2, 3, 4, 5, 6, 1, 0}, {7, 8, 9, 10, 11, 12, 0, 1}});
  }

  @Test
  void readsArraysVectorsAndBytesFromTypedSources() throws IOException {
    String parquet = folder.resolve("t.parquet").toString();
    SparkTest.session()
        .sql(
            "select array(1.5D, 2D) as v, X'00FF' as b, true as t, 'p' as label union all"
                + " select array(3D, 4D), X'0102', false, 'q'")
        .write()
        .parquet(parquet);

    Pack pack = pack(Specs.of(Specs.source(Format.PARQUET, parquet)));

    assertThat(Packs.trainRows(pack))
        .isEqualTo(new float[][] {{1.5f, 2, 0, 255, 1, 1, 0}, {3, 4, 1, 2, 0, 0, 1}});
    assertThat(pack.index().encoding().recordBytes()).isEqualTo(8 + 2 + 4 + 1);
  }

  @Test
  void takesSeveralNumbersAsLabelsAndSomeColumnsAsFeatures() throws IOException {
    String file = csv("1,2,3,4,5", "6,7,8,9,10");
    Specs spec = Specs.csv(file).feature("c0..c2", Type.NUMERIC).labels("c3", "c4").regression();

    assertThat(Packs.trainRows(pack(spec)))
        .isEqualTo(new float[][] {{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}});
  }

  @Test
  void givesEachOfSeveralClassLabelsAnOutput() throws IOException {
    String file = csv("1,a,x", "2,b,y", "3,b,z");

    Pack pack = pack(Specs.csv(file).labels("c1", "c2"));

    assertThat(pack.index().encoding().outputs()).hasSize(2);
    assertThat(pack.index().encoding().outputs().get(1).shape()).containsExactly(3L);
  }

  @Test
  void bringsNumbersToScaleByTrainingRows() throws IOException {
    String file = csv("-1,5,a", "3,5,b", "1,5,a", "5,5,b");
    float[][] standard = Packs.trainRows(pack(Specs.csv(file).normalize(Normalization.STANDARD)));
    float[][] minMax = Packs.trainRows(pack(Specs.csv(file).normalize(Normalization.MIN_MAX)));
    float[][] scale = Packs.trainRows(pack(Specs.csv(file).normalize(Normalization.SCALE)));

    assertThat(standard[0][0]).isCloseTo((float) (-3 / Math.sqrt(5)), within(1e-6f));
    assertThat(standard[3][0]).isCloseTo((float) (3 / Math.sqrt(5)), within(1e-6f));
    assertThat(standard[0][1]).isZero();
    assertThat(minMax[1]).startsWith(2 / 6f, 0);
    assertThat(scale[0]).startsWith(-0.2f, 1);
  }

  @Test
  void leavesHeldOutRowsOutOfTheStatistics() throws IOException {
    String train = csv("0,a", "4,b");
    String test = SampleFiles.text(folder.resolve("test.csv"), "8,a");
    Specs spec =
        Specs.csv(train)
            .normalize(Normalization.MIN_MAX)
            .test(Specs.csv(test).build().sources().train());

    Pack pack = pack(spec);

    assertThat(Packs.rows(pack, pack.index().test())).isEqualTo(new float[][] {{2, 1, 0}});
  }

  @Test
  void standardisesImagesByChannel() throws IOException {
    String images = SampleFiles.write(folder.resolve("images"), SampleFiles.idxImages(2));
    String labels = SampleFiles.write(folder.resolve("labels"), SampleFiles.idxLabels(2));
    Specs spec = Specs.of(Specs.idx(images, labels)).normalize(Normalization.STANDARD);

    float[][] rows = Packs.trainRows(pack(spec));

    double variance = 25 + 35 / 12.0; // 0..5 and 10..15 about 7.5
    assertThat(rows[0][0]).isCloseTo((float) (-7.5 / Math.sqrt(variance)), within(1e-6f));
    assertThat(rows[1][5]).isCloseTo((float) (7.5 / Math.sqrt(variance)), within(1e-6f));
  }

  @Test
  void dropsAndCountsOrFillsRowsWithMissingValues() throws IOException {
    String file = csv("1,red,a", ",red,b", "3,,b", "4,blue,b");
    Specs spec =
        Specs.csv(file).feature("c0", Type.NUMERIC).feature("c1", Type.CATEGORICAL).labels("c2");

    Pack dropped = pack(spec.missing(Missing.DROP, 0));
    Pack filled = pack(spec.missing(Missing.FILL, 9));

    assertThat(dropped.index().droppedRows()).isEqualTo(2);
    assertThat(Packs.trainRows(dropped))
        .isEqualTo(new float[][] {{1, 0, 1, 1, 0}, {4, 1, 0, 0, 1}});
    assertThat(Packs.trainRows(filled))
        .isEqualTo(
            new float[][] {
              {1, 0, 0, 1, 1, 0}, {3, 1, 0, 0, 0, 1}, {4, 0, 1, 0, 0, 1}, {9, 0, 0, 1, 0, 1}
            });
  }

  @Test
  void shapesTheFeaturesAsAskedAndRefusesWhatDoesNotFit() throws IOException {
    String file = csv("1,2,3,4,a", "5,6,7,8,b");

    Pack pack = pack(Specs.csv(file).shape(1L, 2L, 2L));

    assertThat(pack.index().encoding().inputShape()).containsExactly(1L, 2L, 2L);
    assertThatThrownBy(() -> pack(Specs.csv(file).shape(3L, 2L)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid data.shape: must have room for the 4 numbers of the features, got [3, 2]");
  }

  @Test
  void refusesColumnsThatAreNotThere() throws IOException {
    String file = csv("1,2,a", "3,4,b");

    assertThatThrownBy(() -> pack(Specs.csv(file).feature("c0..c9", Type.NUMERIC)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("Invalid data.features: must name columns of")
        .hasMessageEndingWith("[c0, c1, c2], got c0..c9");
  }
}
