package io.evenstep.driver.cli.session;

import io.evenstep.driver.control.TemporaryException;
import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;

/** Explains why Spark refuses its settings or its master. */
final class SparkFailure {
  private static final Pattern MASTER =
      Pattern.compile(
          "local|local\\[(\\*|[1-9]\\d{0,3})(, ?[1-9]\\d{0,3})?\\]|local-cluster\\[[\\d, ]+\\]"
              + "|spark://[^:/]+:\\d{1,5}(,[^:/]+:\\d{1,5})*|yarn|k8s://.+");

  private static final Pattern SETTING =
      Pattern.compile("(?<![\\w.])spark(\\.[A-Za-z][A-Za-z0-9]*)+");

  private SparkFailure() {}

  /**
   * Checks a master before Spark does.
   *
   * @throws ConfigException when it is of an unknown kind
   */
  static void requireMaster(String master) {
    if (!MASTER.matcher(master).matches()) {
      throw new ConfigException(
          "--master",
          "must be local, local[N] with N from 1 to 9999, local[*], spark://HOST:PORT, yarn or"
              + " k8s://https://HOST:PORT",
          master.isEmpty() ? "nothing" : master);
    }
  }

  /**
   * Runs an action that Spark's settings may prevent.
   *
   * @throws ConfigException when a setting prevents it
   * @throws TemporaryException when the master does not answer, but may later
   */
  static <T> T tried(SparkConf conf, Supplier<T> opening) {
    try {
      return opening.get();
    } catch (ConfigException | TemporaryException e) {
      throw e;
    } catch (Exception | LinkageError e) { // Spark throws checked exceptions without declaring them
      throw of(conf, e);
    }
  }

  private static RuntimeException of(SparkConf conf, Throwable failure) {
    Throwable root = failure;
    String setting = "";
    for (Throwable t = failure; t != null; t = t.getCause()) {
      root = t;
      String line = firstLine(t);
      setting = setting.isEmpty() && SETTING.matcher(line).find() ? line + ", " : setting;
    }
    String master = conf.get("spark.master", "local[*]");
    String reason =
        setting.startsWith(firstLine(root)) ? firstLine(root) : setting + firstLine(root);
    if (root instanceof ConnectException
        || root instanceof SocketTimeoutException
        || root instanceof TimeoutException
        || reason.contains("unresponsive")) {
      return new TemporaryException(
          "Cannot open a Spark session at " + master + ": it does not answer, " + reason, failure);
    }
    String where = root instanceof BindException ? "; see spark.driver.bindAddress" : "";
    return new ConfigException(
        "Cannot open a Spark session at "
            + master
            + ": "
            + reason
            + where
            + "; correct --master, --conf or conf/spark-defaults.conf",
        failure);
  }

  /** The setting that caused a failure. Spark finds some invalid values only when it uses them. */
  static Optional<ConfigException> ofSetting(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Matcher setting = SETTING.matcher(firstLine(t));
      boolean ofSpark = t instanceof IllegalArgumentException || t instanceof SparkException;
      if (ofSpark && setting.find()) {
        return Optional.of(
            new ConfigException(
                "Cannot use Spark's setting " + setting.group() + ": " + firstLine(t), failure));
      }
    }
    return Optional.empty();
  }

  private static String firstLine(Throwable failure) {
    String words = Reason.of(failure).lines().findFirst().orElse("");
    return failure instanceof ClassNotFoundException ? "there is no class " + words : words;
  }
}
