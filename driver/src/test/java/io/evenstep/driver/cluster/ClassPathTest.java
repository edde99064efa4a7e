package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On a cluster, our jars and Spark's form one class path. No class may be in both, or in two of our
 * jars, because the order would decide which one is used.
 */
@Tag("slow")
class ClassPathTest {
  /**
   * Remains in ND4J's own Guava and Protobuf, whose other packages are relocated: JSR 305's
   * annotations, which nobody calls, and Guava's list of public suffixes.
   */
  private static final Pattern HARMLESS =
      Pattern.compile("javax/annotation/.*|com/google/thirdparty/publicsuffix/.*");

  /** Our class names that a stock Spark also has, and why that is harmless. */
  private static final Map<String, String> NAMESAKES =
      Map.of("guava", "ND4J's own, whose packages were moved to org.nd4j.shade.guava");

  /** How the Spark of a checkout differs from a stock one, and why. */
  private static final Map<String, String> UNLIKE_STOCK =
      Map.of(
          "gson", "stock has Hive's, older; of ours DL4J's Keras import alone calls it",
          "guava", "stock has an older one for Hive; Spark calls its own copy",
          "protobuf-java", "for Tink, which stock leaves without");

  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

  private static final Pattern BINDING =
      Pattern.compile(
          "META-INF/services/org\\.slf4j\\.spi\\.SLF4JServiceProvider"
              + "|org/slf4j/impl/StaticLoggerBinder\\.class");

  static List<Path> sparks() {
    return List.of(Built.sparkHome(), Built.stockSpark());
  }

  @ParameterizedTest
  @MethodSource("sparks")
  void noClassIsThereTwice(Path spark) throws IOException {
    Map<String, List<String>> homes = new TreeMap<>(); // class -> jars
    for (Path jar : jars(spark.resolve("jars"))) {
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
  void noJarIsInAStockSparkAtAnotherVersion() throws IOException {
    Map<String, String> stock = stockSpark(); // artifact -> version
    Map<String, String> ours = versions(jars(Built.distribution().resolve("lib")));
    assertThat(ours).containsKey("jline-terminal");
    ours.keySet().retainAll(stock.keySet());
    assertThat(ours.keySet()).isEqualTo(NAMESAKES.keySet());
  }

  @Test
  void theSparkOfACheckoutIsAStockOneInPart() throws IOException {
    Map<String, String> stock = stockSpark();
    Map<String, String> checkouts = versions(jars(Built.sparkHome().resolve("jars")));
    assertThat(checkouts).hasSizeGreaterThan(100);
    checkouts.entrySet().removeIf(jar -> jar.getValue().equals(stock.get(jar.getKey())));
    assertThat(checkouts.keySet()).isEqualTo(UNLIKE_STOCK.keySet());
  }

  @Test
  void theStockSparkOfTheTestsIsTheListedOne() throws IOException {
    assertThat(jars(Built.stockSpark().resolve("jars")))
        .extracting(jar -> jar.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(stockJars());
  }

  @ParameterizedTest
  @MethodSource("sparks")
  void sparkAloneBindsTheLog(Path spark) throws IOException {
    assertThat(bindings(Built.distribution().resolve("lib"))).isEmpty();
    assertThat(bindings(spark.resolve("jars")))
        .singleElement()
        .asString()
        .startsWith("log4j-slf4j2-impl-");
  }

  private static Map<String, String> stockSpark() throws IOException {
    return versions(stockJars().stream().map(Path::of).toList());
  }

  private static List<String> stockJars() throws IOException {
    try (InputStream list = ClassPathTest.class.getResourceAsStream("stock-spark-3.5.5.txt")) {
      String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }

  /** The version of each artifact. */
  private static Map<String, String> versions(List<Path> jars) {
    Map<String, String> versions = new TreeMap<>();
    for (Path jar : jars) {
      Matcher name = JAR.matcher(jar.getFileName().toString());
      assertThat(name.matches()).as("name of %s", jar).isTrue();
      versions.put(name.group(1), name.group(2));
    }
    return versions;
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
