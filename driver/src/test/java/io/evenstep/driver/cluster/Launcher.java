package io.evenstep.driver.cluster;

import io.evenstep.driver.run.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts jobs as a user does: with the distribution's launcher or script, in a folder of runs. */
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

  /** A launcher whose jobs have additional environment variables. */
  Launcher(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Starts a job; the caller closes it. */
  LoggedProcess train(Path job, String master, String runId, List<String> more) {
    return train(job.toString(), runs().toString(), master, runId, more);
  }

  /** Starts a job with any job file and output; the caller closes it. */
  LoggedProcess train(String job, String output, String master, String runId, List<String> more) {
    List<String> words = new ArrayList<>(List.of("train", job, "--master", master));
    words.addAll(List.of("--run-id", runId, "--set", "output=" + output));
    words.addAll(more);
    return command(runId, words);
  }

  /** Starts any command; the caller closes it. */
  LoggedProcess command(String name, List<String> words) {
    return start("evenstep", name, words, Map.of());
  }

  /** Starts a training job with the example script, without the launcher. */
  LoggedProcess submit(Path job, String master, String mode, String runId, List<String> more) {
    List<String> words = new ArrayList<>(List.of(job.toString(), "--run-id", runId));
    words.addAll(List.of("--set", "output=" + runs()));
    words.addAll(more);
    return start("spark-submit.sh", runId, words, Map.of("MASTER", master, "DEPLOY_MODE", mode));
  }

  private LoggedProcess start(
      String script, String name, List<String> words, Map<String, String> more) {
    List<String> command = new ArrayList<>();
    command.add(Built.distribution().resolve("deploy").resolve(script).toString());
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_HOME", Built.sparkHome().toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("EVENSTEP_JAVA_OPTIONS", StandaloneCluster.SHORT_LIVED);
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    return LoggedProcess.start(name, builder, folder.resolve(name + "-" + starts++ + ".log"));
  }

  /** The checkpoints of a run, the oldest first. */
  List<String> checkpoints(String runId) {
    try (Stream<Path> files = Files.list(runs().resolve(runId).resolve("checkpoints"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("There are no checkpoints of " + runId, e);
    }
  }

  /** The report of a run that has ended. */
  RunReport report(String runId) {
    try {
      return RunReport.fromJson(Files.readString(runs().resolve(runId).resolve("result.json")));
    } catch (IOException e) {
      throw new UncheckedIOException("There is no result of " + runId, e);
    }
  }

  /** The folder with one folder per run. */
  Path runs() {
    return folder.resolve("runs");
  }
}
