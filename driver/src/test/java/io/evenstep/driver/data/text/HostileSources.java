package io.evenstep.driver.data.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packs;
import io.evenstep.driver.data.spec.Specs;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Packs malicious sources and checks how they are refused. */
abstract class HostileSources {
  @TempDir Path folder;

  final void refuses(Specs spec, String... parts) {
    assertThatThrownBy(() -> pack(spec))
        .isInstanceOf(DataException.class)
        .message()
        .contains(parts);
  }

  final Pack pack(Specs spec) {
    return Packs.pack(SparkTest.session(), spec.build(), folder.resolve("packs"));
  }

  final String text(String name, String... lines) throws IOException {
    return SampleFiles.text(folder.resolve(name), lines);
  }
}
