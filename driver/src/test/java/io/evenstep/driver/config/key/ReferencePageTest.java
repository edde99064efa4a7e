package io.evenstep.driver.config.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("evenstep.root", ".."), "src", "site", "job-file.md");

  @Test
  void saysWhatTheCatalogueSays() throws IOException {
    if (Boolean.getBoolean("evenstep.regenerate")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, ReferencePage.text());
    }

    assertThat(PAGE)
        .as(
            "to write the page anew: ./mvnw test -pl driver -am -Dtest=ReferencePageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Devenstep.regenerate=true")
        .hasContent(ReferencePage.text());
  }
}
