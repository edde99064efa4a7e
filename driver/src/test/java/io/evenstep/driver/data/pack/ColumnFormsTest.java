package io.evenstep.driver.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.model.ConfigException;
import io.evenstep.model.DataException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Leniency;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.data.Missing;
import io.evenstep.model.data.Unseen;
import io.evenstep.model.data.cell.InvalidValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers written for people, levels in order, texts, and transforms of numbers. */
class ColumnFormsTest {
  @TempDir Path folder;

  private JobConfig job(String data) {
    String job =
        "data: {format: csv, delimiter: \"|\", path: rows.csv, label: l, "
            + data
            + "}\nmodel: {name: mlp}\n";
    return JobConfig.parse(job, "job", folder.toString(), Overrides.of(Map.of(), Map.of()));
  }

  private Pack pack(String data, String... lines) throws IOException {
    SampleFiles.text(folder.resolve("rows.csv"), lines);
    return Packs.pack(SparkTest.session(), job(data).data(), folder.resolve("packs"));
  }

  /** The features of one row, as {@code predict} encodes it. */
  private static float[] scored(Encoding trained, Object... cells) throws InvalidValueException {
    Encoding encoding =
        Encoding.fromJson(trained.toJson())
            .withoutOutputs()
            .with(new Leniency(Missing.REFUSE, 0, Unseen.REFUSE));
    ByteBuffer record = ByteBuffer.allocate(encoding.recordBytes()).order(ByteOrder.LITTLE_ENDIAN);
    encoding.encoder().encode(cells, record);
    try (MiniBatch batch = encoding.decoder().decode(record.flip(), 1)) {
      return batch.features().get(0).toFloatVector();
    }
  }

  @Test
  void readsNumbersWithSeparatorsAndCurrencies() throws IOException, InvalidValueException {
    Pack pack =
        pack(
            "task: regression, labelFormat: point, features: [{column: x, type: numeric, format:"
                + " comma}, {column: y, type: numeric, format: point}]",
            "x|y|l",
            "1.234,5|$1,000|12%",
            "0,5|(7)|$2,000.50");

    assertThat(Packs.trainRows(pack))
        .isDeepEqualTo(new float[][] {{0.5f, -7, 2000.5f}, {1234.5f, 1000, 0.12f}});
    assertThat(scored(pack.index().encoding(), "2,5 €", "3")).containsExactly(2.5f, 3);
    assertThatThrownBy(
            () ->
                pack(
                    "features: [{column: x, type: numeric, format: comma}]",
                    "x|l",
                    "1.5|a",
                    "2,5|b"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 1, column x: must be a number with a decimal comma, got 1.5");
  }

  @Test
  void placesLevelsInOrder() throws IOException {
    String features = "features: [{column: x, type: ordinal, levels: [low, mid, high]}]";
    Pack pack = pack(features, "x|l", "high|a", "low|b", "mid|a");

    assertThat(Packs.trainRows(pack))
        .isDeepEqualTo(new float[][] {{0, 0, 1}, {1, 1, 0}, {2, 1, 0}});
    assertThatThrownBy(() -> pack(features, "x|l", "low|a", "top|b"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "row 2, column x: must be one of the levels [low, mid, high], got top");
    assertThatThrownBy(() -> job("features: [{column: x, type: ordinal}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "data.features[0].levels: must be given for type ordinal: all values, lowest first");
  }

  @Test
  void transformsNumbersOfTrainingRowsAndOfLaterOnes() throws IOException, InvalidValueException {
    Pack pack =
        pack(
            "normalize: quantile, missing: median, features: [x, {column: x, type: numeric,"
                + " transform: log, normalize: none}, {column: x, type: numeric, clip: [1, 3],"
                + " normalize: none}, {column: x, type: numeric, normalize: robust}]",
            "x|l",
            "0|a",
            "1|b",
            "2|a",
            "3|b",
            "99|a",
            "|b");

    float ln3 = (float) Math.log(3);
    float[][] rows = Packs.trainRows(pack);
    assertThat(rows).hasNumberOfRows(6);
    assertThat(rows[0]).startsWith(-1, 0, 1, -1);
    assertThat(rows[2]).startsWith(0, ln3, 2, 0);
    assertThat(rows[3]).as("filled with the median").startsWith(0, ln3, 2, 0);
    assertThat(rows[5]).startsWith(1, (float) Math.log(100), 3, 48.5f);
    assertThat(scored(pack.index().encoding(), "1000", "9", "9", "4"))
        .containsExactly(1, (float) Math.log(10), 3, 1);
  }

  @Test
  void namesTheRowThatHasNoLogarithm() {
    assertThatThrownBy(
            () ->
                pack(
                    "features: [{column: x, type: numeric, transform: log}]", "x|l", "5|a", "-1|b"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "row 2, column x: must be above -1 for transform log; signed-log and power take any"
                + " number, got -1");
  }

  @Test
  void takesLogarithmsOfWhatIsLeftAfterClipping() throws IOException {
    String log = "features: [{column: x, type: numeric, transform: log, ";
    String[] lines = {"x|l", "-9|a", "0|b", "1|a", "3|b", "7|a"};

    Pack pack = pack(log + "clip: [0, 3]}]", lines);
    Pack learned = pack(log + "clipQuantiles: [0.25, 0.75]}]", lines);
    float ln2 = (float) Math.log(2);
    float ln4 = (float) Math.log(4);
    assertThat(firsts(pack)).containsExactly(0, 0, ln2, ln4, ln4);
    assertThat(firsts(learned)).containsExactly(0, 0, ln2, ln4, ln4);
    assertThatThrownBy(() -> job(log + "clip: [-5, 3]}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "data.features[0].clip: must begin above -1 for transform log; signed-log and power"
                + " take any number, got [-5, 3]");
    assertThatThrownBy(() -> pack(log + "clipQuantiles: [0.05, 1]}]", lines))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid data.features.x.clipQuantiles: must cut off numbers of -1 and less for"
                + " transform log; signed-log and power take any, got [0.05, 1.0]");
  }

  /** The first number of each training row, in rising order. */
  private static float[] firsts(Pack pack) throws IOException {
    float[][] rows = Packs.trainRows(pack);
    float[] firsts = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      firsts[i] = rows[i][0];
    }
    return firsts;
  }

  @Test
  void countsTheTermsOfTexts() throws IOException, InvalidValueException {
    Pack pack =
        pack(
            "missing: fill, features: [{column: x, type: text, ngrams: [1, 1], weighting: count}]",
            "x|l",
            "the cat|a",
            "the dog the end|b",
            "a cat|a",
            "|b");

    assertThat(pack.index().encoding().inputs().get(0).segments().get(0).categories())
        .as("terms of two rows or more")
        .containsExactly("cat", "the");
    assertThat(Packs.trainRows(pack))
        .isDeepEqualTo(new float[][] {{0, 0, 0, 1}, {0, 2, 0, 1}, {1, 1, 1, 0}, {1, 0, 1, 0}});
    assertThat(scored(pack.index().encoding(), "The cat the cat the bird")).containsExactly(2, 3);
  }

  @Test
  void weightsTermsAndKeepsLongTextsWhole() throws IOException, InvalidValueException {
    String[] lines = new String[61];
    lines[0] = "x|l";
    for (int i = 1; i <= 60; i++) {
      lines[i] = "w" + i % 30 + " all|" + (i % 2 == 0 ? "a" : "b");
    }
    Pack pack = pack("features: [{column: x, type: text, ngrams: [1, 1]}]", lines);

    Encoding encoding = pack.index().encoding();
    assertThat(encoding.recordBytes()).as("two places and the label").isEqualTo(9);
    assertThat(encoding.inputs().get(0).width()).isEqualTo(31);
    float[] known = scored(encoding, "w7 all");
    double rare = Math.log(61 / 3.0) + 1;
    assertThat(known[0]).as("all").isCloseTo((float) (1 / Math.hypot(1, rare)), within(1e-6f));
    float[] longer = scored(encoding, "w1 w2 w3 w4 w5 all");
    int used = 0;
    for (float number : longer) {
      used += number > 0 ? 1 : 0;
    }
    assertThat(used).isEqualTo(6);
  }

  @Test
  void hashesTermsWithoutAVocabulary() throws IOException, InvalidValueException {
    Pack pack =
        pack(
            "features: [{column: x, type: text, unit: character, terms: 8, hashed: true}]",
            "x|l",
            "alpha|a",
            "beta|b");

    Encoding encoding = pack.index().encoding();
    assertThat(encoding.inputShape()).containsExactly(8L);
    assertThat(encoding.inputs().get(0).segments().get(0).categories()).isEmpty();
    assertThat(scored(encoding, "gamma")).hasSize(8);
  }

  @Test
  void refusesPartsOfOtherTypes() {
    assertThatThrownBy(
            () ->
                job(
                    "normalizeLabel: robust, task: regression, features: [{column: a, type:"
                        + " numeric, terms: 5}, {column: b, type: text, clip: [2, 1]}, {column: c,"
                        + " type: numeric, format: iso}, {column: d, type: vector, normalize:"
                        + " quantile}]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "data.features[0].terms: must not be set unless type is text or tokens,")
        .hasMessageContaining("data.features[1].clip: must be two numbers, the smaller one first")
        .hasMessageContaining("data.features[2].format: must be plain, point or comma")
        .hasMessageContaining("data.features[3].normalize: must not be robust or quantile unless")
        .hasMessageContaining("data.normalizeLabel: must be none, standard, min-max or scale");
  }
}
