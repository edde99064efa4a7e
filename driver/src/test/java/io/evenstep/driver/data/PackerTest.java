package io.evenstep.driver.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.SparkTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackerTest {
  @TempDir Path folder;

  @Test
  void packsTheDigitsAndGivesThemBack() throws Exception {
    Path digits = Path.of(System.getProperty("evenstep.root", ".."), "conf/data/digits.csv.gz");
    DataSpec spec = Specs.csv(digits.toString()).fractions(0.1, 0.2).build();

    Pack pack = Packs.pack(SparkTest.session(), spec, folder);

    assertThat(pack.reused()).isFalse();
    assertThat(pack.rows()).isEqualTo(1797);
    assertThat(pack.index().test().rows()).isBetween(300L, 420L);
    assertThat(pack.index().encoding().inputShape()).containsExactly(64L);
    assertThat(pack.index().encoding().classes())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(Files.list(folder).map(file -> file.getFileName().toString()).toList())
        .isEqualTo(List.of(pack.index().key()));
  }
}
