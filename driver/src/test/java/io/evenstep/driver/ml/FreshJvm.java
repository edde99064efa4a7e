package io.evenstep.driver.ml;

import io.evenstep.driver.cluster.LoggedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/** A user's program in its own process. */
final class FreshJvm {
  private FreshJvm() {}

  /** Starts a main class of the tests; its output also goes to {@code log}. */
  static LoggedProcess start(Path log, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    String classPath = System.getProperty("java.class.path");
    command.addAll(
        List.of("-Xmx1g", "-cp", System.getProperty("surefire.test.class.path", classPath)));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return LoggedProcess.start("fresh", new ProcessBuilder(command), log);
  }
}
