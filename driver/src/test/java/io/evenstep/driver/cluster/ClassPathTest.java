package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On a cluster our jars and Spark's are one class path: no class may come from both, or from two of
 * ours, for which of them counts is decided by order.
 */
@Tag("slow")
class ClassPathTest {
  /**
   * Left in ND4J's own Guava and Protobuf, whose other packages were moved: JSR 305's annotations,
   * which nobody calls, and Guava's list of public suffixes.
   */
  private static final Pattern HARMLESS =
      Pattern.compile("javax/annotation/.*|com/google/thirdparty/publicsuffix/.*");

  private static final Pattern BINDING =
      Pattern.compile(
          "META-INF/services/org\\.slf4j\\.spi\\.SLF4JServiceProvider"
              + "|org/slf4j/impl/StaticLoggerBinder\\.class");

  @Test
  void noClassIsThereTwice() throws IOException {
    Map<String, List<String>> homes = new TreeMap<>(); // [class -> jars]
    for (Path jar : jars(Built.sparkHome().resolve("jars"))) {
      entries(jar, name -> homes.computeIfAbsent(name, n -> new ArrayList<>()).add("Spark's"));
    }
    assertThat(homes).containsKey("com/fasterxml/jackson/databind/ObjectMapper.class");
    homes.replaceAll((name, twiceInSpark) -> new ArrayList<>(List.of("Spark's")));
    for (Path jar : jars(Built.distribution().resolve("lib"))) {
      String home = jar.getFileName().toString();
      entries(jar, name -> homes.computeIfAbsent(name, n -> new ArrayList<>()).add(home));
    }
    homes.values().removeIf(jars -> jars.size() < 2);
    homes.keySet().removeIf(name -> HARMLESS.matcher(name).matches());
    assertThat(homes).isEmpty();
  }

  @Test
  void sparkAloneBindsTheLog() throws IOException {
    assertThat(bindings(Built.distribution().resolve("lib"))).isEmpty();
    assertThat(bindings(Built.sparkHome().resolve("jars")))
        .singleElement()
        .asString()
        .startsWith("log4j-slf4j2-impl-");
  }

  private static List<String> bindings(Path folder) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path jar : jars(folder)) {
      try (JarFile file = new JarFile(jar.toFile())) {
        if (file.stream().anyMatch(entry -> BINDING.matcher(entry.getName()).matches())) {
          found.add(jar.getFileName().toString());
        }
      }
    }
    return found;
  }

  private static void entries(Path jar, Consumer<String> taker) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .filter(name -> !name.startsWith("META-INF/"))
          .forEach(taker);
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
