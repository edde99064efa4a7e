package io.evenstep.driver.cli.session;

import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.model.NativeRuntime;
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
    return Overrides.of(sets, given());
  }

  /**
   * From spark-submit or system properties, then from the command line. A {@link SparkConf} has the
   * same, and loads the definitions of all of Spark's settings.
   */
  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("spark."))
        .forEach(name -> given.put(name, System.getProperty(name)));
    given.putAll(conf);
    return given;
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
    return Optional.of(hadoop(settings));
  }

  /**
   * The same for a command that reads and writes these paths only. With usual settings and files of
   * this machine, none of Spark's settings are looked at, which is a part of the time of a start.
   */
  public Optional<Configuration> withoutSession(String name, List<String> paths) {
    if (!NativeRuntime.hasCuda()
        && master.isEmpty()
        && !given().containsKey("spark.master")
        && UsualSettings.include(given())
        && !Sessions.isOpen()) {
      Configuration hadoop = LocalFiles.settings();
      if (paths.stream().allMatch(path -> LocalFiles.include(path, hadoop))) {
        Sessions.setUpLog();
        return Optional.of(hadoop);
      }
    }
    return withoutSession(name);
  }

  /**
   * The settings of a session that would open without trouble, so that a plan need not open it: the
   * master is local, this build computes on the CPU, and nobody has set anything unusual.
   *
   * @return empty if only opening the session can tell
   */
  public Optional<SparkConf> usualSettings(String name) {
    if (NativeRuntime.hasCuda() || !UsualSettings.include(given())) {
      return Optional.empty();
    }
    SparkConf settings = Sessions.settings(name, master, conf);
    if (!Sessions.isPlainAndLocal(settings)) {
      return Optional.empty();
    }
    Sessions.setUpLog();
    return Optional.of(settings);
  }

  /** Hadoop's settings for a session with these settings. */
  public static Configuration hadoop(SparkConf settings) {
    return SparkHadoopUtil.get().newConfiguration(settings);
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
