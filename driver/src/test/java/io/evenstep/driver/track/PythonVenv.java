package io.evenstep.driver.track;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.LoggedProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Python environment with pinned packages, created once and kept with the build's output. */
public final class PythonVenv {
  private static final Duration INSTALL = Duration.ofMinutes(10);

  private final Path home;

  private PythonVenv(Path home) {
    this.home = home;
  }

  /**
   * The environment with the packages of {@code driver/src/test/resources/NAME/requirements.txt}.
   */
  public static PythonVenv of(String name) throws IOException {
    Path requirements = resource(name + "/requirements.txt");
    Path home = Built.root().resolve("driver/target/venv/" + name);
    Files.createDirectories(home.getParent());
    // Another JVM may run tests at the same time.
    try (FileChannel channel =
            FileChannel.open(home.resolveSibling(name + ".lock"), CREATE, WRITE);
        FileLock held = channel.lock()) {
      install(requirements, home);
    }
    return new PythonVenv(home);
  }

  private static void install(Path requirements, Path home) throws IOException {
    Path installed = home.resolve("installed.txt");
    if (!Files.exists(installed) || Files.mismatch(requirements, installed) >= 0) {
      run(INSTALL, home, List.of("python3", "-m", "venv", "--clear", "" + home));
      String python = "" + home.resolve("bin/python");
      List<String> pip = List.of(python, "-m", "pip", "install", "-q", "-r", "" + requirements);
      run(INSTALL, home, pip);
      Files.copy(requirements, installed);
    }
  }

  public static Path resource(String name) {
    return Built.root().resolve("driver/src/test/resources/" + name);
  }

  /** The path of a command from the packages. */
  public Path command(String name) {
    return home.resolve("bin/" + name);
  }

  /** Runs a script from the test's resources; returns its output. */
  public String run(String script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("" + command("python"), "" + resource(script)));
    command.addAll(List.of(arguments));
    return run(Duration.ofMinutes(2), home, command);
  }

  private static String run(Duration limit, Path home, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PYTHONWARNINGS", "ignore");
    try (LoggedProcess python =
        LoggedProcess.start("python", builder, home.resolveSibling(home.getFileName() + ".log"))) {
      assertThat(python.exitCode(limit)).as(python.output()).isZero();
      return python.output();
    }
  }
}
