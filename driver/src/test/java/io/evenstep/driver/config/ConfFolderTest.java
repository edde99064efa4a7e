package io.evenstep.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfFolderTest {
  private static final Path CONF = Path.of(System.getProperty("evenstep.root", ".."), "conf");

  @Test
  void holdsOnlyJobsWithoutAProblem() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(CONF, "*.yaml")) {
      for (Path file : files) {
        names.add(JobConfig.read(file, Overrides.NONE).name());
        assertThat(file).hasFileName(names.get(names.size() - 1) + ".yaml");
      }
    }
    assertThat(names).contains("digits", "mnist-mlp", "mnist-lenet", "mnist-augmented");
  }

  @Test
  void findsTheDigitsBesideTheJobFile() {
    JobConfig digits = JobConfig.read(CONF.resolve("digits.yaml"), Overrides.NONE);

    assertThat(digits.data().sources().train().paths())
        .containsExactly("file:" + CONF.toAbsolutePath().normalize() + "/data/digits.csv.gz");
  }
}
