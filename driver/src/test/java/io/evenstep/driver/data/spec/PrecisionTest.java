package io.evenstep.driver.data.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packs;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.Scaling.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers are parsed, measured and scaled as doubles. */
class PrecisionTest {
  private static final int ROWS = 100;

  @TempDir private Path folder;

  @Test
  void bringsNumbersToScaleThatFloatsCannotTellApart() throws IOException {
    for (Normalization how : List.of(Normalization.STANDARD, Normalization.MIN_MAX)) {
      float[][] small = Packs.trainRows(pack(0, 1, how));
      for (double offset : new double[] {1.7e9, -1.7e9, 4e12}) {
        Pack pack = pack(offset, 1, how);
        float[][] large = Packs.trainRows(pack);
        for (int row = 0; row < ROWS; row++) {
          assertThat(large[row][0]).isCloseTo(small[row][0], within(1e-6f));
        }
        assertThat(pack.index().notices()).isEmpty();
        Encoding encoding = pack.index().encoding();
        assertThat(Encoding.fromJson(encoding.toJson())).isEqualTo(encoding);
      }
    }
  }

  @Test
  void storesNumbersAsTheyAreWhereFloatsHoldThem() throws IOException {
    Encoding encoding = pack(0, 1, Normalization.STANDARD).index().encoding();

    assertThat(encoding.inputs().get(0).segments().get(0).scaling().stage())
        .isEqualTo(Stage.READING);
    assertThat(encoding.toJson()).doesNotContain("stage");
  }

  @Test
  void warnsOfAColumnWhoseNumbersBecomeTheSame() throws IOException {
    assertThat(pack(1.7e9, 1, Normalization.NONE).index().notices())
        .containsExactly(
            "Column c0 has values from 1.7E9 to 1.700000099E9, too close together to tell apart"
                + " at single precision: set data.normalize to standard or min-max");
    assertThat(pack(1.7e9, 1, Normalization.SCALE).index().notices()).hasSize(1);
    assertThat(pack(1.7e18, 512, Normalization.STANDARD).index().notices())
        .singleElement()
        .asString()
        .endsWith("subtract its minimum beforehand");
    assertThat(pack(0, 1, Normalization.NONE).index().notices()).isEmpty();
    assertThat(pack(1e6, 0, Normalization.NONE).index().notices()).isEmpty();
  }

  private Pack pack(double offset, double step, Normalization how) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      lines.add(new java.math.BigDecimal(offset + i * step).toPlainString() + "," + i % 2);
    }
    Path file = Files.write(folder.resolve(offset + "-" + step + ".csv"), lines);
    DataSpec spec = Specs.csv(file.toString()).normalize(how).build();
    return Packs.pack(SparkTest.session(), spec, folder.resolve("packs"));
  }
}
