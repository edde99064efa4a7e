package io.evenstep.driver.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.LoggedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Performs the Dockerfile's steps in a folder instead of an image, because there is no container
 * engine. Files are empty; only their names matter.
 */
@Tag("slow") // it looks at the distribution
class DockerfileTest {
  private static final Path KUBERNETES = Built.root().resolve("deploy/kubernetes");
  private static final String HOME = "/opt/evenstep";
  private static final Pattern IN_THE_IMAGE = Pattern.compile(HOME + "/[\\w./-]*[\\w]");

  @TempDir private Path image;

  @Test
  void putsThereWhatTheManifestsName() throws IOException {
    for (String step : steps("COPY")) {
      String[] places = step.split(" ");
      copy(Built.distribution().resolve(places[0]), inImage(places[1]));
    }
    for (String step : steps("RUN")) {
      run(step.replace(HOME, image + HOME));
    }

    assertThat(named()).contains(HOME + "/lib/evenstep-driver.jar", HOME + "/conf/digits.yaml");
    for (String file : named()) {
      assertThat(inImage(file)).exists();
    }
    assertThat(inImage(HOME + "/lib/evenstep-driver.jar").toRealPath().getFileName().toString())
        .matches("evenstep-driver-.+\\.jar");
  }

  @Test
  void endsAsAUserThatIsSeenNotToBeRoot() throws IOException {
    List<String> users = steps("USER");
    assertThat(users.get(users.size() - 1)).matches("[1-9]\\d*");
  }

  private static List<String> steps(String instruction) throws IOException {
    return Files.readAllLines(KUBERNETES.resolve("Dockerfile")).stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length() + 1))
        .toList();
  }

  /** The files of the image that a manifest names; folders of jars end with a star. */
  private static List<String> named() throws IOException {
    StringBuilder manifests = new StringBuilder();
    try (Stream<Path> files = Files.list(KUBERNETES)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        manifests.append(Files.readString(file));
      }
    }
    return IN_THE_IMAGE.matcher(manifests).results().map(MatchResult::group).distinct().toList();
  }

  private Path inImage(String path) {
    return image.resolve(path.substring(1));
  }

  private static void copy(Path folder, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(folder.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.createFile(copy);
      }
    }
  }

  private void run(String command) {
    ProcessBuilder shell = new ProcessBuilder("sh", "-ec", command);
    try (LoggedProcess process = LoggedProcess.start("sh", shell, image.resolve("log"))) {
      assertThat(process.exitCode(Duration.ofMinutes(1))).as(process.output()).isZero();
    }
  }
}
