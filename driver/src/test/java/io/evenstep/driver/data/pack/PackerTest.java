package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.spec.ColumnSpec;
import io.evenstep.driver.data.spec.DataSpec;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.driver.data.spec.Specs;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.pack.PackIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackerTest {
  private static final int FILES = 20; // more than one task reads: each takes eight small files
  private static final int ROWS = 500; // a file

  @TempDir Path folder;

  private Pack pack(DataSpec spec) {
    return Packs.pack(SparkTest.session(), spec, folder.resolve("packs"));
  }

  /** Rows of id, noise, class; sorted by class. */
  private String sortedFiles() throws IOException {
    Random random = new Random(3);
    for (int file = 0; file < FILES; file++) {
      String[] lines = new String[ROWS];
      for (int i = 0; i < ROWS; i++) {
        lines[i] = file * ROWS + i + "," + random.nextGaussian() + ",class" + file / 10;
      }
      SampleFiles.text(folder.resolve("in/%02d.csv".formatted(file)), lines);
    }
    return folder.resolve("in").toString();
  }

  @Test
  void packsTheDigitsAndGivesThemBack() throws IOException {
    Path digits = Path.of(System.getProperty("evenstep.root", ".."), "conf/data/digits.csv.gz");
    Pack pack = pack(Specs.csv(digits.toString()).fractions(0.1, 0.2).build());

    assertThat(pack.reused()).isFalse();
    assertThat(pack.rows()).isEqualTo(1797);
    assertThat(pack.index().test().rows()).isBetween(300L, 420L);
    assertThat(pack.index().validation().rows()).isBetween(130L, 230L);
    assertThat(pack.index().encoding().inputShape()).containsExactly(64L);
    assertThat(pack.index().encoding().classes())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    MiniBatch train = Packs.read(pack, pack.index().train());
    assertThat(train.features().get(0).maxNumber().floatValue()).isEqualTo(16f);
    assertThat(train.labels().get(0).sumNumber().longValue())
        .isEqualTo(pack.index().train().rows());
  }

  @Test
  void givesTheSameBytesWhateverTheNumberOfCores() throws IOException {
    DataSpec spec =
        Specs.csv(sortedFiles()).normalize(Normalization.STANDARD).fractions(0.1, 0.1).build();
    List<Map<String, String>> packs = new ArrayList<>();
    for (int cores : new int[] {1, 2, 4}) {
      Path packsFolder = folder.resolve("packs-" + cores);
      packs.add(Packs.files(Packs.pack(SparkTest.session(cores), spec, packsFolder)));
    }

    assertThat(packs.get(0)).containsKey(PackIndex.FILE).hasSizeGreaterThan(1);
    assertThat(packs.get(1)).containsExactlyEntriesOf(packs.get(0));
    assertThat(packs.get(2)).containsExactlyEntriesOf(packs.get(0));
  }

  @Test
  void givesTheSameBytesForAQueryWhateverTheNumberOfCores() throws IOException {
    String files = sortedFiles();
    String query = "select _c0 as id, count(*) as n, max(_c2) as label from t group by _c0";
    List<Map<String, String>> packs = new ArrayList<>();
    for (int cores : new int[] {1, 4}) {
      SparkTest.session(cores).read().csv(files).createOrReplaceTempView("t");
      DataSpec spec = Specs.of(Specs.query(query)).feature("id", ColumnSpec.Type.NUMERIC).build();
      Path packsFolder = folder.resolve("packs-" + cores);
      packs.add(Packs.files(Packs.pack(SparkTest.session(cores), spec, packsFolder)));
    }

    assertThat(packs.get(1)).containsExactlyEntriesOf(packs.get(0));
  }

  @Test
  void mixesRowsOfASortedSourceAndKeepsEachOnce() throws IOException {
    Pack pack = pack(Specs.csv(sortedFiles()).fractions(0.2, 0.2).build());

    MiniBatch train = Packs.read(pack, pack.index().train());
    double inFirst200 =
        Stream.iterate(0, i -> i + 1)
            .limit(200)
            .mapToDouble(i -> train.labels().get(0).getDouble(i, 0))
            .sum();
    assertThat(inFirst200).isBetween(60.0, 140.0);

    List<Float> ids = new ArrayList<>();
    for (var split :
        List.of(pack.index().train(), pack.index().validation(), pack.index().test())) {
      for (float[] row : Packs.rows(pack, split)) {
        ids.add(row[0]);
      }
    }
    assertThat(ids).hasSize(FILES * ROWS).doesNotHaveDuplicates();
  }

  @Test
  void usesThePackOfUnchangedDataAndMakesANewOneOtherwise() throws IOException {
    String file = SampleFiles.text(folder.resolve("a.csv"), "1,a", "2,b");
    Pack first = pack(Specs.csv(file).build());
    Pack again = pack(Specs.csv(file).build());
    Pack scaled = pack(Specs.csv(file).normalize(Normalization.SCALE).build());
    SampleFiles.text(folder.resolve("a.csv"), "1,a", "2,b", "3,b");
    Pack longer = pack(Specs.csv(file).build());

    assertThat(again.reused()).isTrue();
    assertThat(again.index()).isEqualTo(first.index());
    assertThat(List.of(scaled.reused(), longer.reused())).containsOnly(false);
    assertThat(longer.rows()).isEqualTo(3);
  }

  @Test
  void usesThePackOfATableWithTheSameRowsOnly() {
    var session = SparkTest.session();
    String rows = "select * from values (1, 'a'), (2, 'b') as t(x, label)";
    session.sql(rows).createOrReplaceTempView("pairs");
    DataSpec spec = Specs.of(Specs.query("pairs")).build();

    assertThat(pack(spec).reused()).isFalse();
    assertThat(pack(spec).reused()).isTrue();
    session.sql(rows.replace("(2,", "(3,")).createOrReplaceTempView("pairs");
    assertThat(pack(spec).reused()).isFalse();
  }

  @Test
  void neverUsesHalfAPackAndRemovesWhatWasAbandoned() throws IOException {
    DataSpec spec = Specs.csv(SampleFiles.text(folder.resolve("a.csv"), "1,a", "2,b")).build();
    Path whole = Path.of(pack(spec).folder().toUri());
    Path abandoned = Files.createDirectory(folder.resolve("packs/.unfinished-x"));
    Files.setLastModifiedTime(abandoned, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Path live = Files.createDirectory(folder.resolve("packs/.unfinished-y"));

    Files.delete(whole.resolve("blocks-00000"));
    assertThat(pack(spec).reused()).isFalse();
    Files.writeString(whole.resolve(PackIndex.FILE), "{\"key\": ");
    assertThat(pack(spec).reused()).isFalse();

    assertThat(pack(spec).reused()).isTrue();
    assertThat(abandoned).doesNotExist();
    assertThat(live).exists();
    assertThat(folder.resolve("packs")).isDirectoryNotContaining("glob:**.unfinished-*[!xy]");
  }

  @Test
  void readsHeldOutRowsFromSourcesOfTheirOwn() throws IOException {
    String train = SampleFiles.text(folder.resolve("train.csv"), "x,label", "1,a", "2,b");
    String test = SampleFiles.text(folder.resolve("test.csv"), "label,x", "a,7");
    DataSpec spec =
        Specs.headed(train)
            .fractions(0.5, 0.5)
            .test(Specs.headed(test).build().sources().train())
            .validation(Specs.headed(train).build().sources().train())
            .build();

    Pack pack = pack(spec);

    assertThat(pack.index().train().rows()).isEqualTo(2);
    assertThat(pack.index().validation().rows()).isEqualTo(2);
    assertThat(Packs.rows(pack, pack.index().test())).isEqualTo(new float[][] {{7, 1, 0}});
  }

  @Test
  void keepsWeightsAndDoesNotTakeThemForAFeature() throws IOException {
    String file = SampleFiles.text(folder.resolve("w.csv"), "x,w,label", "1,2.5,a", "2,0,b");

    Pack pack = pack(Specs.headed(file).weight("w").build());

    assertThat(pack.index().encoding().inputs().get(0).columns()).containsExactly("x");
    assertThat(pack.index().encoding().weights().get(0).columns()).containsExactly("w");
    assertThat(pack(Specs.headed(file).build()).index().encoding().weights()).isEmpty();
  }
}
