package io.evenstep.model.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelsPageTest {
  private static final Path SITE =
      Path.of(System.getProperty("evenstep.root", ".."), "src", "site");

  @Test
  void modelsAreAsTheCatalogueSays() throws IOException {
    requireTables(SITE.resolve("model-reference.md"), ModelsPage.models());
  }

  @Test
  void augmentationsAreAsTheCatalogueSays() throws IOException {
    requireTables(SITE.resolve("augmentation.md"), ModelsPage.augmentation());
  }

  private static void requireTables(Path file, Map<String, String> tables) throws IOException {
    String page = Files.readString(file);
    String current = page;
    for (Map.Entry<String, String> table : tables.entrySet()) {
      current = filled(current, table.getKey(), table.getValue());
    }
    if (Boolean.getBoolean("evenstep.regenerate")) {
      Files.writeString(file, current);
      page = current;
    }

    assertThat(page)
        .as(
            "to rewrite the tables: ./mvnw test -pl model -Dtest=ModelsPageTest"
                + " -Devenstep.regenerate=true")
        .isEqualTo(current);
  }

  /** The page with a table between the two comments that mark its position. */
  private static String filled(String page, String name, String table) {
    String begin = "<!-- " + name + ": written by ModelsPageTest -->\n";
    String end = "<!-- end of " + name + " -->\n";
    assertThat(page).containsOnlyOnce(begin).containsOnlyOnce(end);
    return page.substring(0, page.indexOf(begin) + begin.length())
        + table
        + page.substring(page.indexOf(end));
  }
}
