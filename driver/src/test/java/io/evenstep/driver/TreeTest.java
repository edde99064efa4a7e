package io.evenstep.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tree of architecture.md names each package, and each file that a user copies or a developer
 * runs. Benchmarks and pages have their own index.
 */
class TreeTest {
  private static final String SOURCES = "src/main/java";

  static List<Path> packages() throws IOException {
    List<Path> packages = new ArrayList<>();
    for (String module : List.of("model", "worker", "driver")) {
      packages.addAll(files(module + "/" + SOURCES, "package-info.java"));
    }
    return packages;
  }

  @ParameterizedTest
  @MethodSource("packages")
  void namesEachPackage(Path info) throws IOException {
    Path module = info.getName(0);
    String name = module.resolve(SOURCES).relativize(info.getParent()).toString().replace('/', '.');
    String root = "io.evenstep.";
    boolean nested = name.startsWith(root + module + ".");

    assertThat(below(module + "/"))
        .anyMatch(line -> startsWith(line, nested ? name.substring(root.length()) : name));
  }

  static List<Path> copied() throws IOException {
    List<Path> files = new ArrayList<>(files("conf", ""));
    files.removeIf(file -> file.startsWith("conf/data/mnist")); // which a user may have put there
    files.removeIf(file -> file.startsWith("conf/course")); // CourseTest finds these on their page
    files.addAll(files("deploy", ""));
    return files;
  }

  @ParameterizedTest
  @MethodSource("copied")
  void namesEachFileThatAUserCopies(Path file) throws IOException {
    List<String> lines = below(file.getName(0) + "/");
    String name = file.getFileName().toString();
    if (file.getNameCount() == 2) {
      assertThat(lines).anyMatch(line -> startsWith(line, name));
    } else {
      assertThat(entry(lines, file.getName(1) + "/")).contains(name);
    }
  }

  static List<Path> indexed() throws IOException {
    List<Path> files = new ArrayList<>(files("src/bench", ""));
    files.addAll(files("src/site", ""));
    files.removeIf(file -> file.endsWith("README.md") || file.endsWith("index.md"));
    files.removeIf(file -> file.startsWith("src/site/images/course")); // shown in the course
    return files;
  }

  @ParameterizedTest
  @MethodSource("indexed")
  void findsEachBenchmarkAndPageInItsIndex(Path file) throws IOException {
    Path folder = file.subpath(0, 2);
    Path index = folder.resolve(folder.endsWith("site") ? "index.md" : "README.md");
    assertThat(Built.root().resolve(index)).content().contains(folder.relativize(file).toString());
  }

  private static List<Path> files(String folder, String name) throws IOException {
    Path root = Built.root();
    try (Stream<Path> all = Files.walk(root.resolve(folder))) {
      return all.filter(Files::isRegularFile)
          .map(root::relativize)
          .filter(file -> name.isEmpty() || file.endsWith(name))
          .filter(file -> !file.toString().contains("__pycache__"))
          .sorted()
          .toList();
    }
  }

  /** The tree's lines after a folder's own line, up to the next line without indentation. */
  private static List<String> below(String folder) throws IOException {
    List<String> lines = Files.readAllLines(Built.root().resolve("src/site/architecture.md"));
    return lines.subList(lines.indexOf("## The tree"), lines.size()).stream()
        .dropWhile(line -> !line.startsWith(folder))
        .skip(1)
        .takeWhile(line -> line.startsWith(" "))
        .toList();
  }

  /** The text of an entry; its continuation lines are indented further. */
  private static String entry(List<String> lines, String name) {
    return String.join(
        "\n",
        Stream.concat(
                lines.stream().filter(line -> startsWith(line, name)).limit(1),
                lines.stream()
                    .dropWhile(line -> !startsWith(line, name))
                    .skip(1)
                    .takeWhile(line -> line.startsWith("   ")))
            .toList());
  }

  private static boolean startsWith(String line, String name) {
    return line.startsWith("  " + name + " ");
  }
}
