package io.evenstep.driver.cluster;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A Spark standalone cluster on loopback: a master, workers of one core each, and the executors
 * they start, each in its own process. Closing it ends these processes and no others.
 */
public final class StandaloneCluster implements AutoCloseable {
  /**
   * For a JVM that runs for seconds: otherwise the optimizing compiler would take most of its time.
   */
  static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Pattern MASTER_AT =
      Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master");

  private final Path sparkHome;
  private final Path folder;
  private final List<String> settings;
  private final List<LoggedProcess> members = new ArrayList<>(); // the master first
  private String master = "";
  private int submissions;

  private StandaloneCluster(Path sparkHome, Path folder, List<String> settings) {
    this.sparkHome = sparkHome;
    this.folder = folder;
    this.settings = settings;
  }

  /**
   * Starts a master and workers; returns when all workers have registered.
   *
   * @param sparkHome has Spark's {@code jars/}
   * @param folder of the test; logs and the workers' own folders go there
   * @param workers at least 1; each offers one core and 1 GiB
   * @param settings of Spark for master and workers, each {@code key=value}
   * @throws AssertionError when one does not start; the others are then ended
   */
  public static StandaloneCluster start(
      Path sparkHome, Path folder, int workers, String... settings) {
    StandaloneCluster cluster = new StandaloneCluster(sparkHome, folder, List.of(settings));
    try {
      cluster.startMaster();
      for (int i = 0; i < workers; i++) {
        cluster.startWorker();
      }
      cluster.workers().forEach(worker -> worker.awaitLine(REGISTERED, START_LIMIT));
      return cluster;
    } catch (AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /** The value for {@code --master}. */
  public String master() {
    return master;
  }

  /**
   * Starts Spark's submit, client mode, in its own process with the cluster's settings; the caller
   * closes it.
   *
   * @param arguments of spark-submit, without {@code --master}
   */
  public LoggedProcess submit(String... arguments) {
    List<String> command = java("-Xmx512m", "org.apache.spark.deploy.SparkSubmit");
    command.addAll(List.of("--master", master));
    command.addAll(List.of(arguments));
    return start("submit-" + submissions++, command);
  }

  /**
   * Spark's settings for a job that starts when all its executors are ready, with 512 MiB each.
   *
   * @param executors number of executors, at most one per worker of the cluster
   * @param javaOptions additional options for the executors' JVMs
   */
  static Map<String, String> executors(int executors, List<String> javaOptions) {
    return Map.of(
        "spark.executor.extraJavaOptions",
        SHORT_LIVED + " " + String.join(" ", javaOptions),
        "spark.cores.max",
        Integer.toString(executors),
        "spark.executor.memory",
        "512m",
        "spark.scheduler.minRegisteredResourcesRatio",
        "1",
        "spark.scheduler.maxRegisteredResourcesWaitingTime",
        START_LIMIT.toSeconds() + "s");
  }

  /** Executors (and drivers of cluster mode) that are running now. */
  public List<ProcessHandle> executors() {
    return workers().stream().flatMap(LoggedProcess::children).toList();
  }

  /** The workers' processes, in the order they were started. */
  public List<LoggedProcess> workers() {
    return members.subList(Math.min(1, members.size()), members.size());
  }

  @Override
  public void close() {
    LoggedProcess.closeAll(members);
  }

  private void startMaster() {
    List<String> command = java("-Xmx256m", "org.apache.spark.deploy.master.Master");
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    LoggedProcess started = start("master", command);
    members.add(started);
    master = started.awaitLine(MASTER_AT, START_LIMIT).group(1);
  }

  private void startWorker() {
    String name = "worker-" + (members.size() - 1);
    List<String> command = java("-Xmx256m", "org.apache.spark.deploy.worker.Worker");
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    command.addAll(List.of("--cores", "1", "--memory", "1g"));
    command.addAll(List.of("--work-dir", folder.resolve(name).toString(), master));
    members.add(start(name, command));
  }

  private List<String> java(String heap, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(heap);
    settings.forEach(setting -> command.add("-D" + setting));
    command.addAll(List.of(SHORT_LIVED.split(" ")));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" +")));
    command.addAll(List.of("-cp", sparkHome.resolve("jars") + File.separator + "*", mainClass));
    return command;
  }

  private LoggedProcess start(String name, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return LoggedProcess.start(name, builder, folder.resolve(name + ".log"));
  }
}
