package io.evenstep.driver.cli.session;

import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.model.NativeRuntime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** The options of every command with a Spark session. */
public final class SparkOptions {
  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description =
          "Spark's master, such as local[2] or spark://host:7077; default: spark-submit's, or"
              + " local[*].")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A Spark setting; spark.evenstep.KEY sets a key of the job.")
  private Map<String, String> conf = new LinkedHashMap<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the job, overriding the job file; may be repeated.")
  private Map<String, String> sets = new LinkedHashMap<>();

  /** The values that override the job file. */
  public Overrides overrides() {
    Map<String, String> spark = new LinkedHashMap<>();
    Arrays.stream(new SparkConf().getAll()).forEach(entry -> spark.put(entry._1(), entry._2()));
    spark.putAll(conf);
    return Overrides.of(sets, spark);
  }

  /**
   * A session for planning, as close to this command's session as possible. The caller closes it.
   *
   * @param problems collects why the command's own session would be refused
   */
  public OpenSession openToPlan(String name, List<RuntimeException> problems) {
    return Sessions.open(Sessions.toPlan(name, master, conf, problems));
  }

  /**
   * Hadoop's settings for a command that can do without a session: the master is local, this build
   * computes on the CPU, and no setting changes how Spark writes files.
   *
   * @return empty if the command needs its session
   * @throws io.evenstep.model.ConfigException when {@link #open} would refuse a setting
   */
  public Optional<Configuration> withoutSession(String name) {
    SparkConf settings = Sessions.settings(name, master, conf);
    if (NativeRuntime.hasCuda() || !Sessions.isPlainAndLocal(settings)) {
      return Optional.empty();
    }
    Sessions.setUpLog();
    return Optional.of(SparkHadoopUtil.get().newConfiguration(settings));
  }

  /**
   * Runs work in the session of this command, and closes it.
   *
   * @param stop cancels the Spark jobs of the work, as in {@link OpenSession#run}
   */
  public <T> T run(String name, StopRequest stop, Function<SparkSession, T> work) {
    try (OpenSession session = open(name)) {
      return session.run(stop, work);
    }
  }

  /**
   * The same for work that shows its progress.
   *
   * @param shown opens the progress, which is closed at the end
   */
  public <T> T run(
      String name,
      StopRequest stop,
      Supplier<Progress> shown,
      BiFunction<SparkSession, Progress, T> work) {
    try (OpenSession session = open(name);
        Progress progress = shown.get()) {
      return session.run(stop, opened -> work.apply(opened, progress));
    }
  }

  /** The session of this command. The caller closes it. */
  public OpenSession open(String name) {
    return Sessions.open(Sessions.settings(name, master, conf));
  }
}
