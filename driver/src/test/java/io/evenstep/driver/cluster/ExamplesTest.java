package io.evenstep.driver.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the examples with Maven against the installed artifacts, and runs them. */
@Tag("slow")
class ExamplesTest {
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final Pattern ACCURACY = Pattern.compile("accuracy (0\\.\\d+|1\\.0+)");
  private static final String INSTALL = "org.apache.maven.plugins:maven-install-plugin:3.1.4";

  @TempDir private Path folder;

  /** Installs into the test's own repository, with the user's as fallback. */
  @Test
  void buildAndRun() throws IOException {
    install("evenstep", "pom.xml", "pom.xml", "pom");
    for (String module : List.of("model", "worker", "driver")) {
      String jar = module + "/target/evenstep-" + module + "-" + version() + ".jar";
      install(module, jar, module + "/pom.xml", "jar");
    }
    Path project = folder.resolve("examples");
    copy(Built.root().resolve("src/examples"), project);

    maven("package", List.of("-f", project.resolve("pom.xml").toString(), "package"));

    for (String program : List.of("DigitsEstimator", "Dl4jOneLine")) {
      requireLearnt(run(project, program));
    }
  }

  @Test
  void theScriptRunsInSparkShell() throws IOException {
    String jars;
    try (Stream<Path> lib = Files.list(Built.distribution().resolve("lib"))) {
      jars = lib.map(Path::toString).collect(Collectors.joining(","));
    }
    List<String> command = java(Built.stockSpark().resolve("jars") + "/*");
    command.addAll(List.of("-Dscala.usejavacp=true", "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--class", "org.apache.spark.repl.Main", "--name", "Spark shell"));
    command.addAll(List.of("--master", "local[2]", "--jars", jars));
    command.addAll(List.of("--conf", "spark.digits.path=" + digits(), "spark-shell"));
    command.addAll(List.of("-i", Built.root().resolve("src/examples/digits.scala").toString()));
    requireLearnt(start("shell", command));
  }

  /** Copies everything except what an earlier build has left there. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path inside = from.relativize(file);
        if (!inside.startsWith("target")) {
          Files.createDirectories(to.resolve(inside).getParent());
          Files.copy(file, to.resolve(inside));
        }
      }
    }
  }

  private void requireLearnt(LoggedProcess process) {
    try (process) {
      assertThat(process.exitCode(LIMIT)).as(process.output()).isZero();
      String accuracy = process.awaitLine(ACCURACY, LIMIT).group(1);
      assertThat(Double.parseDouble(accuracy)).as(process.output()).isGreaterThan(0.9);
    }
  }

  private LoggedProcess run(Path project, String program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + project.resolve("java-options.txt"));
    String classPath =
        project.resolve("target/examples.jar") + ":" + project.resolve("target/lib") + "/*";
    command.addAll(List.of("-cp", classPath, "examples." + program, digits()));
    return start(program, command);
  }

  private static List<String> java(String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.addAll(List.of("-Xmx1g", "-cp", classPath));
    return command;
  }

  private LoggedProcess start(String name, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("OMP_NUM_THREADS", "1");
    return LoggedProcess.start(name, builder, folder.resolve(name + ".log"));
  }

  private static String digits() {
    return Built.root().resolve("conf/data/digits.csv.gz").toString();
  }

  private static String version() {
    return System.getProperty("evenstep.version");
  }

  private void install(String name, String file, String pom, String packaging) {
    Path root = Built.root();
    maven(
        "install-" + name,
        List.of(
            INSTALL + ":install-file",
            "-Dfile=" + root.resolve(file),
            "-DpomFile=" + root.resolve(pom),
            "-Dpackaging=" + packaging));
  }

  private void maven(String name, List<String> words) {
    List<String> command = new ArrayList<>(List.of(Built.root().resolve("mvnw").toString()));
    command.addAll(List.of("-B", "-q", "-Dmaven.repo.local=" + folder.resolve("repository")));
    String own =
        System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository");
    command.add("-Dmaven.repo.local.tail=" + own);
    command.addAll(words);
    try (LoggedProcess process = start(name, command)) {
      assertThat(process.exitCode(LIMIT)).as(process.output()).isZero();
    }
  }
}
