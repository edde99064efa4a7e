package io.evenstep.driver.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.config.key.KeyCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The user's pages are right about jobs: keys exist, examples are valid jobs, links work. */
class PagesTest {
  private static final Path ROOT = Path.of(System.getProperty("evenstep.root", ".."));
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern KEY =
      Pattern.compile("(?<![\\w./-])(data|model|training|gate)\\.[A-Za-z][A-Za-z0-9]*(\\.\\w+)*");
  private static final Pattern TEST = Pattern.compile("(?<![.\\w])[A-Z]\\w*Test\\b");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern ANCHOR = Pattern.compile("]\\(([^)#:]*)#([^)]*)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern BLOCK = Pattern.compile("(?s)```.*?```");

  private static final int COLUMNS = 120;
  private static final Pattern GENERATED =
      Pattern.compile("<!--[^>]* written by .*?<!-- end of", Pattern.DOTALL);
  private static final Pattern UNBREAKABLE =
      Pattern.compile("\\s*\\|.*|\\s*(- )?(!?\\[[^]]*]\\()?\\S+");

  @TempDir private static Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> site = Files.walk(ROOT.resolve("src/site"))) {
      List<Path> pages =
          new ArrayList<>(site.filter(page -> page.toString().endsWith(".md")).sorted().toList());
      pages.add(ROOT.resolve("README.md"));
      pages.add(ROOT.resolve("CHANGELOG.md"));
      return pages;
    }
  }

  /** Also {@code model.zip} and the like, which are keys as well as files. */
  @ParameterizedTest
  @MethodSource("pages")
  void namesOnlyKeysThatExist(Path page) throws IOException {
    Set<String> known = new TreeSet<>();
    for (Key<?> key : KeyCatalogue.KEYS) {
      for (int end = key.name().length(); end > 0; end = key.name().lastIndexOf('.', end - 1)) {
        known.add(key.name().substring(0, end));
      }
    }

    Set<String> named = new TreeSet<>();
    for (String code : found(CODE, Files.readString(page), 1)) {
      named.addAll(found(KEY, code, 0));
    }

    assertThat(known).containsAll(named);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void showsOnlyJobsWithoutAProblem(Path page) throws IOException {
    for (String file : List.of("network.json", "network.zip", "network.h5")) {
      Files.writeString(folder.resolve(file), "{}");
    }
    for (String example : found(EXAMPLE, Files.readString(page), 1)) {
      assertThatCode(
              () -> JobConfig.parse(whole(example), "example", folder.toString(), Overrides.NONE))
          .as(example)
          .doesNotThrowAnyException();
    }
  }

  /**
   * An example of one section is completed by the shortest examples of the other sections that it
   * needs.
   */
  private static String whole(String example) {
    String data = example.contains("data:") ? "" : "data: {format: csv, path: rows.csv}\n";
    String model = example.contains("model:") ? "" : "model: {name: logistic}\n";
    return example + data + model;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksToFilesThatAreThere(Path page) throws IOException {
    for (String link : found(LINK, Files.readString(page), 1)) {
      assertThat(page.resolveSibling(link)).exists();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksToSectionsThatAreThere(Path page) throws IOException {
    Matcher links = ANCHOR.matcher(Files.readString(page));
    while (links.find()) {
      Path linked = links.group(1).isEmpty() ? page : page.resolveSibling(links.group(1));
      assertThat(sections(linked)).as("%s", linked).contains(links.group(2));
    }
  }

  /** The names that GitHub gives to a page's sections. */
  private static List<String> sections(Path page) throws IOException {
    String text = BLOCK.matcher(Files.readString(page)).replaceAll("");
    return found(HEADING, text, 1).stream()
        .map(heading -> heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
        .map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void namesOnlyTestsThatExist(Path page) throws IOException {
    Set<String> named = new TreeSet<>();
    for (String code : found(CODE, Files.readString(page), 1)) {
      named.addAll(found(TEST, code, 0));
    }
    assertThat(tests()).containsAll(named);
  }

  /** Pages that a person writes; tests write the two reference pages. */
  static List<Path> handWritten() throws IOException {
    List<Path> pages = new ArrayList<>(pages());
    pages.removeIf(page -> page.endsWith("job-file.md") || page.endsWith("model-reference.md"));
    pages.add(ROOT.resolve("src/bench/README.md"));
    pages.add(ROOT.resolve("src/examples/README.md"));
    return pages;
  }

  /** Rows of tables, lines of one link, and parts that a test writes may be longer. */
  @ParameterizedTest
  @MethodSource("handWritten")
  void hasNoLineOfMoreThan120Columns(Path page) throws IOException {
    String written = GENERATED.matcher(Files.readString(page)).replaceAll("");

    assertThat(written.lines())
        .filteredOn(line -> !UNBREAKABLE.matcher(line).matches())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
  }

  private static Set<String> tests() throws IOException {
    Set<String> tests = new TreeSet<>();
    for (String module : List.of("model", "worker", "driver")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/test/java"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith("Test.java"))
            .forEach(name -> tests.add(name.replace(".java", "")));
      }
    }
    return tests;
  }

  private static List<String> found(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map((MatchResult r) -> r.group(group)).toList();
  }
}
