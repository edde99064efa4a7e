package io.evenstep.driver.data.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.driver.SparkTest;
import io.evenstep.driver.data.SampleFiles;
import io.evenstep.driver.data.pack.Packs;
import io.evenstep.model.DataException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Packs bad sources, which must be refused with an exact message and leave nothing behind. */
abstract class BadSources {
  @TempDir Path folder;

  final void refuses(Specs spec, String... message) {
    assertThatThrownBy(() -> Packs.pack(SparkTest.session(), spec.build(), folder.resolve("packs")))
        .isInstanceOf(DataException.class)
        .hasMessage(String.join("\n", message));
    assertThat(folder.resolve("packs")).doesNotExist();
  }

  final String csv(String name, String... lines) throws IOException {
    return SampleFiles.text(folder.resolve(name), lines);
  }
}
