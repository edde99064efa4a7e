package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DistributionTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void carriesTheNativeLibrariesWithOneDnnForEachKindOfProcessor() throws Exception {
    assertThat(jars(Built.distribution().resolve("lib")))
        .filteredOn(name -> name.contains("-linux-x86_64"))
        .extracting(name -> name.replaceAll("-[0-9].*?-linux", "-linux"))
        .contains(
            "nd4j-native-linux-x86_64-onednn.jar",
            "nd4j-native-linux-x86_64-onednn-avx2.jar",
            "nd4j-native-linux-x86_64-onednn-avx512.jar",
            "openblas-linux-x86_64.jar",
            "javacpp-linux-x86_64.jar",
            "hdf5-linux-x86_64.jar")
        .doesNotContain("nd4j-native-linux-x86_64.jar");
  }

  @Test
  void carriesNothingThatSparkBringsAlong() throws Exception {
    List<String> sparks =
        jars(Built.sparkHome().resolve("jars")).map(DistributionTest::artifact).toList();
    assertThat(sparks).contains("spark-core_2.12", "jackson-databind", "snakeyaml");

    // ND4J's own guava has its own packages
    Stream<String> ours =
        jars(Built.distribution().resolve("lib")).filter(name -> !name.startsWith("guava-1.0.0-M"));
    assertThat(ours.map(DistributionTest::artifact))
        .doesNotContainAnyElementsOf(sparks)
        .noneMatch(name -> name.startsWith("spark-") || name.startsWith("scala-"));
  }

  @Test
  void sharesTheClassesThatCommandsLoad() throws Exception {
    Path script = unpack(folder.resolve("an evenstep"));
    Map<String, String> spark = Map.of("SPARK_HOME", Built.sparkHome().toString());
    try (LoggedProcess run = launch(script, spark, "share-classes")) {
      assertThat(run.exitCode(Duration.ofMinutes(3))).as(run.output()).isZero();
    }
    Map<String, String> telling = new HashMap<>(spark);
    telling.put("EVENSTEP_JAVA_OPTIONS", "-Xlog:class+load");
    try (LoggedProcess run = launch(script, telling, "--version")) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output())
          .containsPattern("io.evenstep.driver.cli.Main source: shared objects file")
          .doesNotContain("[warning]");
    }
    telling.put("EVENSTEP_SHARE_CLASSES", "off");
    try (LoggedProcess run = launch(script, telling, "--version")) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output())
          .containsPattern("io.evenstep.driver.cli.Main source: (file|jar)")
          .doesNotContainPattern("io.evenstep.driver.cli.Main source: shared");
    }
  }

  @Test
  void startsThroughALinkFromAFolderWithSpacesInItsName() throws Exception {
    Path script = unpack(folder.resolve("an evenstep"));
    Path link = Files.createSymbolicLink(folder.resolve("ev"), folder.relativize(script));

    try (LoggedProcess run = launch(link, Map.of("SPARK_HOME", Built.sparkHome().toString()))) {
      assertThat(run.exitCode(LIMIT)).as(run.output()).isZero();
      assertThat(run.output()).contains(System.getProperty("evenstep.version"));
    }
  }

  @Test
  void saysHowToNameSparkWhereThereIsNone() {
    try (LoggedProcess run = launch(launcher(), Map.of("SPARK_HOME", ""))) {
      assertThat(run.exitCode(LIMIT)).isEqualTo(78);
      assertThat(run.output()).startsWith("evenstep: Missing SPARK_HOME").contains("Spark 3.5");
    }
  }

  @Test
  void refusesAJavaThatIsTooOld() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.createFile(
        bin.resolve("java"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"11.0.2\"\n");

    try (LoggedProcess run = launch(launcher(), Map.of("JAVA_HOME", folder + "/jdk"))) {
      assertThat(run.exitCode(LIMIT)).isEqualTo(78);
      assertThat(run.output()).startsWith("evenstep: Cannot run on Java 11").contains("17");
    }
  }

  /** Makes a distribution whose large parts are links; returns its launcher. */
  private static Path unpack(Path home) throws IOException {
    Files.createDirectory(home);
    for (String part : List.of("lib", "conf")) {
      Files.createSymbolicLink(home.resolve(part), Built.distribution().resolve(part));
    }
    Path script = Files.createDirectory(home.resolve("deploy")).resolve("evenstep");
    return Files.copy(Built.distribution().resolve("deploy/evenstep"), script);
  }

  private LoggedProcess launch(Path script, Map<String, String> environment) {
    return launch(script, environment, "--version");
  }

  private LoggedProcess launch(Path script, Map<String, String> environment, String command) {
    ProcessBuilder builder = new ProcessBuilder(script.toString(), command);
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return LoggedProcess.start("evenstep", builder, folder.resolve("evenstep.log"));
  }

  private static Path launcher() {
    return Built.distribution().resolve("deploy/evenstep");
  }

  private static Stream<String> jars(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  /** The name of a jar without its version and suffix. */
  private static String artifact(String jar) {
    return jar.replaceAll("-[0-9][0-9.].*", "");
  }
}
