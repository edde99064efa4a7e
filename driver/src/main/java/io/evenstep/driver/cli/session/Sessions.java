package io.evenstep.driver.cli.session;

import io.evenstep.driver.stage.LibraryLog;
import io.evenstep.model.ConfigException;
import io.evenstep.model.NativeRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session a command runs in. */
final class Sessions {
  private Sessions() {}

  /**
   * Spark's settings for a command: what spark-submit or system properties say, then the command
   * line, then what suits Evenstep.
   *
   * @param master of {@code --master}; without it spark-submit's, or {@code local[*]}
   * @param settings of {@code --conf}
   * @throws ConfigException when something is set that cannot be trained under
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
   * The same to plan with: what may be known without it is a problem, and is then put right.
   *
   * @param problems takes them
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

  private static SparkConf prepared(
      String name, Optional<String> master, Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(conf::set);
    master.ifPresent(wanted -> setMaster(conf, wanted));
    conf.setIfMissing("spark.master", "local[*]");
    SparkFailure.requireMaster(conf.get("spark.master"));
    conf.setIfMissing("spark.app.name", name);
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.executorEnv.OMP_NUM_THREADS", "1");
    computeAlike(conf);
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
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

  /** What the driver's native libraries were told by its environment, executors are told too. */
  private static void computeAlike(SparkConf conf) {
    for (String name : NativeRuntime.variables()) {
      Optional.ofNullable(System.getenv(name))
          .ifPresent(value -> conf.setIfMissing("spark.executorEnv." + name, value));
    }
  }

  /**
   * Spark makes a folder for tables when it first sees a query, in the working directory unless
   * told otherwise. Without Hive no table of ours or of a user's can be in it.
   */
  private static void keepWarehouseAway(SparkConf conf) {
    if (!conf.get("spark.sql.catalogImplementation", "in-memory").equals("hive")) {
      Path folder = Path.of(System.getProperty("java.io.tmpdir"), "evenstep-warehouse");
      conf.setIfMissing("spark.sql.warehouse.dir", folder.toUri().toString());
    }
  }

  /** Opens it; where this process has one already, that one is taken, and left open after. */
  static OpenSession open(SparkConf conf) {
    boolean found =
        SparkSession.getDefaultSession().exists(known -> !known.sparkContext().isStopped());
    SparkSession session =
        SparkFailure.tried(conf, () -> SparkSession.builder().config(conf).getOrCreate());
    LibraryLog.quiet();
    return new OpenSession(session, found);
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
          "must be left out, or be spark-submit's own " + conf.get("spark.master"),
          wanted);
    }
    conf.setMaster(wanted);
  }

  /** Spark says this too, but as a bug of its caller's. */
  private static void requireUsable(SparkConf conf) {
    if (conf.getInt("spark.task.cpus", 1) < 1) {
      throw new ConfigException(
          "spark.task.cpus", "must be at least 1", conf.get("spark.task.cpus"));
    }
    boolean encrypts = conf.getBoolean("spark.network.crypto.enabled", false);
    if (encrypts && !conf.getBoolean("spark.authenticate", false)) {
      throw new ConfigException(
          "spark.authenticate", "must be true where spark.network.crypto.enabled is", false);
    }
  }

  /** Spark refuses a barrier stage under dynamic allocation, but only once the data are packed. */
  private static void requireFixedExecutors(SparkConf conf) {
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw new ConfigException(
          "spark.dynamicAllocation.enabled",
          "must be false, because all workers of a run train at the same time",
          true);
    }
  }
}
