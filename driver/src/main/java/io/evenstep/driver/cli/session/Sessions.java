package io.evenstep.driver.cli.session;

import io.evenstep.driver.data.table.TableSession;
import io.evenstep.driver.stage.LibraryLog;
import io.evenstep.driver.stage.Slots;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a command. */
final class Sessions {
  private static final String JARS = "spark.jars";

  private Sessions() {}

  /**
   * Spark's settings for a command: from spark-submit or system properties, then from the command
   * line, then Evenstep's defaults.
   *
   * @param master of {@code --master}; without it spark-submit's, or {@code local[*]}
   * @param settings of {@code --conf}
   * @throws ConfigException when a setting makes training impossible
   */
  static SparkConf settings(String name, Optional<String> master, Map<String, String> settings) {
    SparkConf conf = prepared(name, master, settings);
    SparkFailure.tried(
        conf,
        () -> {
          requireFixedExecutors(conf);
          return conf;
        });
    return conf;
  }

  /**
   * Settings for planning. An invalid setting is reported as a problem and then corrected, so that
   * planning can continue.
   *
   * @param problems collects the problems
   */
  static SparkConf toPlan(
      String name,
      Optional<String> master,
      Map<String, String> settings,
      List<RuntimeException> problems) {
    SparkConf conf = prepared(name, master, settings);
    try {
      requireFixedExecutors(conf);
    } catch (ConfigException e) {
      problems.add(e);
      conf.set("spark.dynamicAllocation.enabled", "false");
    }
    return conf;
  }

  /**
   * Whether a session with these settings would work in this process, and would read and write
   * files as Spark does by default. A session that is open already may have other settings.
   */
  static boolean isPlainAndLocal(SparkConf conf) {
    return Slots.isLocal(conf.get("spark.master"))
        && Arrays.stream(conf.getAllWithPrefix("spark.sql."))
            .allMatch(setting -> setting._1().equals("warehouse.dir"))
        && !isOpen();
  }

  private static SparkConf prepared(
      String name, Optional<String> master, Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(
        (key, value) -> conf.set(key, key.equals(JARS) ? withSubmitted(conf, value) : value));
    master.ifPresent(wanted -> setMaster(conf, wanted));
    conf.setIfMissing("spark.master", "local[*]");
    SparkFailure.requireMaster(conf.get("spark.master"));
    conf.setIfMissing("spark.app.name", name);
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    computeAlike(conf);
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
      conf.setIfMissing("spark.executor.heartbeatInterval", "1s"); // the pace of progress
    }
    if (!isLoggingSetUp()) {
      conf.setIfMissing("spark.log.level", "WARN");
    }
    keepWarehouseAway(conf);
    return SparkFailure.tried(
        conf,
        () -> {
          requireUsable(conf);
          return conf;
        });
  }

  /**
   * Jars beside those that Spark's submit was given, which are our own among others. The launcher
   * gives it the same ones; a name says which they are.
   */
  private static String withSubmitted(SparkConf conf, String jars) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String jar : (conf.get(JARS, "") + "," + jars).split(" *, *")) {
      byName.putIfAbsent(jar.replaceFirst(".*/", ""), jar);
    }
    byName.remove("");
    return String.join(",", byName.values());
  }

  /** Environment variables for the driver's native libraries are passed to the executors. */
  private static void computeAlike(SparkConf conf) {
    for (String name : NativeRuntime.variables()) {
      Optional.ofNullable(System.getenv(name))
          .ifPresent(value -> conf.setIfMissing("spark.executorEnv." + name, value));
    }
  }

  /**
   * Spark creates a folder for tables at the first query, by default in the working directory.
   * Without Hive it stays empty.
   */
  private static void keepWarehouseAway(SparkConf conf) {
    if (!conf.get("spark.sql.catalogImplementation", "in-memory").equals("hive")) {
      Path folder = Path.of(System.getProperty("java.io.tmpdir"), "evenstep-warehouse");
      conf.setIfMissing("spark.sql.warehouse.dir", folder.toUri().toString());
    }
  }

  /**
   * Opens a session. If this process has one already, that one is used and stays open afterwards.
   */
  static OpenSession open(SparkConf conf) {
    boolean found = isOpen();
    TableSession.addTo(conf);
    SparkSession session =
        SparkFailure.tried(
            conf,
            () ->
                conf.get("spark.master").startsWith("local")
                    ? LibraryLog.opening(() -> started(conf))
                    : started(conf));
    LibraryLog.quiet();
    return new OpenSession(session, found);
  }

  private static SparkSession started(SparkConf conf) {
    return SparkSession.builder().config(conf).getOrCreate();
  }

  static boolean isOpen() {
    return SparkSession.getDefaultSession().exists(known -> !known.sparkContext().isStopped());
  }

  /** Does for the log what a session does. */
  static void setUpLog() {
    if (!isLoggingSetUp()) {
      LibraryLog.warningsOnly();
    }
    LibraryLog.quiet();
  }

  private static boolean isLoggingSetUp() {
    return System.getProperty("log4j2.configurationFile") != null
        || System.getProperty("log4j.configurationFile") != null
        || Sessions.class.getResource("/log4j2.properties") != null;
  }

  private static void setMaster(SparkConf conf, String wanted) {
    if (conf.contains("spark.master") && !conf.get("spark.master").equals(wanted)) {
      throw new ConfigException(
          "--master",
          "must be omitted, or equal that of spark-submit, " + conf.get("spark.master"),
          wanted);
    }
    conf.setMaster(wanted);
  }

  /** Spark checks this too, but reports it as a bug of its caller. */
  private static void requireUsable(SparkConf conf) {
    if (conf.getInt("spark.task.cpus", 1) < 1) {
      throw new ConfigException(
          "spark.task.cpus", "must be at least 1", conf.get("spark.task.cpus"));
    }
    boolean encrypts = conf.getBoolean("spark.network.crypto.enabled", false);
    if (encrypts && !conf.getBoolean("spark.authenticate", false)) {
      throw new ConfigException(
          "spark.authenticate", "must be true when spark.network.crypto.enabled is true", false);
    }
  }

  /** Spark refuses a barrier stage under dynamic allocation, but only after the data are packed. */
  private static void requireFixedExecutors(SparkConf conf) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw new ConfigException(
          "spark.dynamicAllocation.enabled",
          "must be false, because all workers of a run train at the same time",
          true);
    }
  }
}
