package io.evenstep.driver.cluster;

import io.evenstep.driver.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Training jobs as a user starts them: by the distribution's launcher, in a folder of runs. */
final class Launcher {
  private final Path folder;
  private final Map<String, String> environment;
  private int starts;

  /**
   * @param folder of the test; {@code runs/} and logs go there
   */
  Launcher(Path folder) {
    this(folder, Map.of());
  }

  /** One whose jobs find more variables in their environment. */
  Launcher(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Starts a job; the caller closes it. */
  LoggedProcess train(Path job, String master, String runId, List<String> more) {
    return train(job.toString(), runs().toString(), master, runId, more);
  }

  /** Starts a job whose file and output may be anywhere; the caller closes it. */
  LoggedProcess train(String job, String output, String master, String runId, List<String> more) {
    List<String> command = new ArrayList<>();
    command.add(Built.distribution().resolve("deploy/evenstep").toString());
    command.addAll(List.of("train", job, "--master", master, "--run-id", runId));
    command.addAll(List.of("--set", "output=" + output));
    command.addAll(more);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_HOME", Built.sparkHome().toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("EVENSTEP_JAVA_OPTIONS", StandaloneCluster.SHORT_LIVED);
    builder.environment().putAll(environment);
    return LoggedProcess.start(runId, builder, folder.resolve(runId + "-" + starts++ + ".log"));
  }

  /** The checkpoints that a run has kept, the oldest first. */
  List<String> checkpoints(String runId) {
    try (Stream<Path> files = Files.list(runs().resolve(runId).resolve("checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("There are no checkpoints of " + runId, e);
    }
  }

  /** What a run that has ended came to. */
  RunReport report(String runId) {
    try {
      return RunReport.fromJson(Files.readString(runs().resolve(runId).resolve("result.json")));
    } catch (IOException e) {
      throw new UncheckedIOException("There is no result of " + runId, e);
    }
  }

  /** The folder that has a folder for each run. */
  Path runs() {
    return folder.resolve("runs");
  }
}
