package io.evenstep.driver.cli;

import io.evenstep.driver.cluster.Built;
import io.evenstep.driver.cluster.LoggedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/** A command in its own process, started in the same way as by the launcher. */
final class OwnProcess {
  private OwnProcess() {}

  /**
   * Starts it.
   *
   * @param name of the file of its output in {@code folder}
   * @param command such as {@code train job.yaml}
   * @param folder its working directory
   */
  static LoggedProcess start(String name, List<String> command, Path folder) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx1g");
    line.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    line.add("-Dlog4j2.configurationFile=" + Built.root().resolve("conf/log4j2.properties"));
    String classPath = System.getProperty("java.class.path");
    line.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", classPath)));
    line.add(Main.class.getName());
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().put("EVENSTEP_LOG", folder.resolve("evenstep.log").toString());
    return LoggedProcess.start(name, builder, folder.resolve(name + ".log"));
  }
}
