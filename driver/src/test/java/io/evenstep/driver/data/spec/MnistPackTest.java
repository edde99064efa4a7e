package io.evenstep.driver.data.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packs;
import io.evenstep.driver.data.spec.DataSpec.Normalization;
import io.evenstep.model.data.MiniBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistPackTest {
  @TempDir Path folder;

  private static Path mnist() {
    Path root = Path.of(System.getProperty("evenstep.root", ".."));
    return Optional.ofNullable(System.getenv("EVENSTEP_MNIST"))
        .map(Path::of)
        .orElse(root.resolve("../shared/data/mnist"));
  }

  private static SourceSpec source(String name) {
    String prefix = mnist().resolve(name).toString();
    return Specs.idx(prefix + "-images-idx3-ubyte.gz", prefix + "-labels-idx1-ubyte.gz");
  }

  @Test
  void packsMnistAsBytes() throws IOException {
    assumeTrue(
        Files.isDirectory(mnist()),
        "SKIPPED: no MNIST; set EVENSTEP_MNIST to a folder with its four .gz files");
    DataSpec spec =
        Specs.of(source("train")).test(source("t10k")).normalize(Normalization.SCALE).build();

    Pack pack = Packs.pack(SparkTest.session(), spec, folder);

    assertThat(pack.index().train().rows()).isEqualTo(60_000);
    assertThat(pack.index().test().rows()).isEqualTo(10_000);
    assertThat(pack.index().encoding().recordBytes()).isEqualTo(785);
    assertThat(pack.index().encoding().inputShape()).containsExactly(1L, 28L, 28L);
    MiniBatch test = Packs.read(pack, pack.index().test());
    assertThat(test.labels().get(0).sum(0).toLongVector()) // known counts of digits 0..9
        .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    assertThat(test.features().get(0).maxNumber().floatValue()).isEqualTo(255 * (1f / 255));
  }
}
