package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.LoggedProcess;
import io.evenstep.driver.cluster.Python;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.StopRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands on pages are right. {@code TutorialsTest} and {@code CourseCommandTest} run those of the
 * tutorial and the course.
 */
class PageCommandsTest {
  /** Other programs on pages, and the test that runs the same lines or checks their files. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("./mvnw", "the build itself"),
          Map.entry("mvn", "ExamplesTest"),
          Map.entry("java", "ExamplesTest"),
          Map.entry("spark-shell", "ExamplesTest"),
          Map.entry("spark-submit", "StockSparkTest"),
          Map.entry("$SPARK_HOME/bin/spark-submit", "KubernetesTest"),
          Map.entry("deploy/spark-submit.sh", "StandaloneClusterTest"),
          Map.entry("/shared/evenstep/deploy/spark-submit.sh", "ClusterModeTest"),
          Map.entry("docker", "DockerfileTest"),
          Map.entry("kubectl", "KubernetesTest"),
          Map.entry("hdfs", "YarnTest"),
          Map.entry("tensorboard", "TrackedRunTest"));

  private static final List<String> OF_THE_SHELL =
      List.of("cd", "echo", "export", "for", "done", "grep", "xdg-open", "src/bench/compare.sh");

  private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  static List<PageCommand> commands() throws IOException {
    return PageCommand.all();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isOneThatThereIs(PageCommand command) {
    if (command.isEvenstep()) {
      requireUnderstood(command);
    } else {
      assertThat(OTHERS.containsKey(command.words().get(0)))
          .as("%s: known to a test", command)
          .isNotEqualTo(OF_THE_SHELL.contains(command.words().get(0)));
    }
    for (String word : command.words()) {
      if (word.startsWith("conf/") && !word.contains("$")) {
        assertThat(Built.root().resolve(word)).as("%s", command).exists();
      }
    }
  }

  private static void requireUnderstood(PageCommand command) {
    List<String> words = command.arguments();
    if (List.of("COMMAND", "share-classes").contains(words.get(0))) {
      return; // of the launcher
    }
    assertThatCode(
            () ->
                Main.commands(JobWiring.jobs(), Shell.CLOCK, new StopRequest())
                    .parseArgs(words.toArray(String[]::new)))
        .as("%s", command)
        .doesNotThrowAnyException();
    boolean ofJob = words.size() > 1 && words.get(1).matches("conf/[^$]*\\.yaml");
    Map<String, String> sets = sets(words);
    if (ofJob && !sets.containsValue("0")) { // which troubleshooting.md shows as an error
      Path job = Built.root().resolve(words.get(1));
      assertThatCode(() -> JobConfig.read(job, new Overrides(sets, Map.of())))
          .as("%s", command)
          .doesNotThrowAnyException();
    }
  }

  private static Map<String, String> sets(List<String> words) {
    Map<String, String> sets = new LinkedHashMap<>();
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i - 1).equals("--set")) {
        String[] pair = words.get(i).split("=", 2);
        sets.put(pair[0], pair[1]);
      }
    }
    return sets;
  }

  /** All of Evenstep's commands on the pages that need nothing but this machine. */
  @Test
  @Tag("slow")
  @Timeout(600)
  void thoseOfGuidesRun() throws IOException {
    Workbench bench = Workbench.in(folder);
    bench.type(here(List.of("train", "conf/digits.yaml", "--run-id", "digits-1"))).well();
    bench.type(here(List.of("train", "conf/digits.yaml", "--run-id", "digits-2"))).well();
    bench.write("table.csv", Workbench.rows(200).replace("label", "price"));
    Path trained = folder.resolve("trained");
    Files.move(folder.resolve("runs"), trained);

    int count = 0;
    for (String page :
        List.of("README.md", "src/site/plots.md", "src/site/run-folder.md", "src/site/report.md")) {
      FileUtil.fullyDelete(folder.resolve("runs").toFile());
      copy(trained, folder.resolve("runs"));
      for (PageCommand command : PageCommand.of(page)) {
        if (command.isEvenstep() && !needsMore(command)) {
          Ended ended = bench.type(here(command.arguments()));
          assertThat(ended.code()).as(command + "\n" + ended.err()).isZero();
          count++;
        }
      }
    }
    assertThat(count).isGreaterThan(12);
    assertThat(folder.resolve("predictions/_SUCCESS")).exists();
    assertThat(folder.resolve("compare.html")).exists();
    assertThat(folder.resolve("table.yaml")).exists();
    requirePythonReadsTheReport();
  }

  private void requirePythonReadsTheReport() throws IOException {
    assumeTrue(Python.isThere(), "skipped: there is no python3");
    Matcher block = PYTHON.matcher(Files.readString(Built.root().resolve("src/site/report.md")));
    assertThat(block.find()).isTrue();
    ProcessBuilder builder =
        new ProcessBuilder("python3", "-c", block.group(1)).directory(folder.toFile());
    try (LoggedProcess python =
        LoggedProcess.start("python", builder, folder.resolve("python.log"))) {
      assertThat(python.exitCode(Duration.ofMinutes(1))).as(python.output()).isZero();
      assertThat(python.output()).contains("test.accuracy");
    }
  }

  /** MNIST, which is not included, or a server. */
  private static boolean needsMore(PageCommand command) {
    return command.toString().contains("mnist") || command.toString().contains("mlflow");
  }

  /** The words with the checkout's files, and with the test's folder in place of the reader's. */
  private String[] here(List<String> words) {
    List<String> here = new ArrayList<>(words.subList(0, 1)); // the command, such as runs
    for (String word : words.subList(1, words.size())) {
      boolean isReaders = word.matches("(runs|predictions)(/.*)?|table\\.(csv|yaml)");
      Path root = word.startsWith("conf/") ? Built.root() : folder;
      here.add(word.startsWith("conf/") || isReaders ? root.resolve(word).toString() : word);
    }
    String command = words.get(0);
    if (command.equals("train") || command.equals("plan")) {
      here.addAll(List.of("--set", "output=" + folder.resolve("runs")));
    } else if (command.equals("new")) {
      here.addAll(List.of("--output", folder.resolve("table.yaml").toString()));
    } else if (command.equals("report")) {
      here.addAll(List.of("--output", folder.resolve("compare.html").toString()));
    } else if (command.equals("runs") && words.size() == 1) {
      here.add(folder.resolve("runs").toString());
    }
    return here.toArray(String[]::new);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
