package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tutorials and troubleshooting match the code. */
class TutorialsTest {
  private static final Path SITE = Built.root().resolve("src/site");
  private static final Path EXAMPLES = Built.root().resolve("src/examples");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ \\./deploy/evenstep (.*)$");
  private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)`[^|]*\\|");

  @TempDir private Path folder;

  /** {@code ExamplesTest} builds and runs them. */
  @ParameterizedTest
  @CsvSource({
    "tutorial-estimator.md, xml, pom.xml",
    "tutorial-estimator.md, java, src/main/java/examples/DigitsEstimator.java",
    "tutorial-estimator.md, scala, digits.scala",
    "tutorial-dl4j.md, java, src/main/java/examples/Dl4jOneLine.java"
  })
  void tutorialsShowPartsOfTheExamples(String page, String language, String example)
      throws IOException {
    String all = squeezed(Files.readString(EXAMPLES.resolve(example)));
    List<String> blocks =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(SITE.resolve(page)))
            .results()
            .map(block -> squeezed(block.group(1)))
            .toList();

    assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(all).contains(block));
  }

  @Test
  void theReadmeShowsTheExamples() throws IOException {
    String all =
        squeezed(Files.readString(EXAMPLES.resolve("src/main/java/examples/DigitsEstimator.java")))
            + squeezed(
                Files.readString(EXAMPLES.resolve("src/main/java/examples/Dl4jOneLine.java")));
    String readme = Files.readString(Built.root().resolve("README.md"));
    assertThat(blocks(readme, "java")).hasSize(2);
    for (String block : blocks(readme, "java")) {
      assertThat(all.replace("\n\n", "\n")).contains(squeezed(block));
    }
    Path conf = Built.root().resolve("conf");
    JobConfig shown =
        JobConfig.parse(
            blocks(readme, "yaml").get(0), "README.md", conf.toString(), Overrides.NONE);
    JobConfig job = JobConfig.read(conf.resolve("digits.yaml"), Overrides.NONE);
    assertThat(shown.sha256()).isEqualTo(job.sha256());
  }

  private static List<String> blocks(String page, String language) {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  private static String squeezed(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  @Test
  void troubleshootingNamesMessagesThatAreThere() throws IOException {
    String said = literals();
    List<String> messages =
        MESSAGE
            .matcher(Files.readString(SITE.resolve("troubleshooting.md")))
            .results()
            .map(message -> message.group(1))
            .filter(message -> !message.contains("Unknown option")) // picocli's
            .map(message -> message.replaceFirst("(: )?\\.\\.\\.$", ""))
            .toList();

    assertThat(messages).hasSizeGreaterThan(10).allSatisfy(text -> assertThat(said).contains(text));
  }

  /** All sources, with string literals joined that are split over several lines. */
  private static String literals() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String module : List.of("model", "worker", "driver")) {
      try (Stream<Path> files = Files.walk(Built.root().resolve(module + "/src/main/java"))) {
        for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
  }

  @Test
  @Tag("slow")
  void theCommandsOfTheJobTutorialRun() throws IOException {
    Workbench bench = Workbench.in(folder);
    List<String> commands =
        COMMAND
            .matcher(Files.readString(SITE.resolve("tutorial-job.md")))
            .results()
            .map(command -> command.group(1))
            .toList();
    assertThat(commands).hasSizeGreaterThan(8);

    for (String command : commands) {
      String line = command.replaceAll("(?<= )(runs|predictions)(?=[ /]|$)", folder + "/$1");
      line = line.replaceAll("(?<= )conf/", Built.root() + "/conf/");
      line += command.equals("runs") ? " " + folder + "/runs" : "";
      line += command.startsWith("train") ? " --set output=" + folder + "/runs" : "";
      line += command.startsWith("report") ? " --output " + folder + "/compare.html" : "";
      Ended ended = bench.type(line.split(" "));
      int code = command.contains("--run-id slow") ? 79 : 0; // the gate, as the page says
      assertThat(ended.code()).as(command + "\n" + ended.err()).isEqualTo(code);
    }

    assertThat(sha("alone")).isEqualTo(sha("first")).isNotEqualTo(sha("wide"));
    assertThat(folder.resolve("predictions/_SUCCESS")).exists();
    assertThat(folder.resolve("runs/first/plots/weights.png")).exists();
    assertThat(folder.resolve("compare.html")).exists();
  }

  private String sha(String run) {
    Path result = folder.resolve("runs").resolve(run).resolve("result.json");
    return RunReport.fromJson(Workbench.text(result)).model().parametersSha256();
  }
}
