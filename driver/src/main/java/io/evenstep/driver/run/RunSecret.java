package io.evenstep.driver.run;

import io.evenstep.driver.config.key.Encryption;
import io.evenstep.driver.control.Progress;
import io.evenstep.model.ConfigException;
import io.evenstep.worker.net.Secret;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * Makes the secret of a run. The secret encrypts traffic when the job or Spark's settings require
 * it.
 */
public final class RunSecret {
  /** Spark settings that encrypt traffic between driver and executors, including this secret. */
  private static final List<String> SPARK_TRAFFIC =
      List.of("spark.network.crypto.enabled", "spark.authenticate.enableSaslEncryption");

  /** Covers only Spark's web pages, but shows that the cluster's traffic is confidential. */
  private static final String SPARK_SSL = "spark.ssl.enabled";

  private final Encryption asked;
  private final SparkConf spark;
  private final Progress progress;

  private RunSecret(Encryption asked, SparkConf spark, Progress progress) {
    this.asked = asked;
    this.spark = spark;
    this.progress = progress;
  }

  /**
   * A new secret for the run. Reports how it protects the workers' traffic.
   *
   * @param isLocal whether driver and workers share one process
   * @throws ConfigException when the job refuses the encryption that Spark's settings require
   */
  public static Secret of(Encryption asked, SparkConf spark, boolean isLocal, Progress progress) {
    return new RunSecret(asked, spark, progress).make(isLocal);
  }

  /**
   * Checks the settings only.
   *
   * @throws ConfigException when the job refuses the encryption that Spark's settings require
   */
  static void requireAllowed(Encryption asked, SparkConf spark) {
    var unused = new RunSecret(asked, spark, Progress.SILENT).reason();
  }

  private Secret make(boolean isLocal) {
    Optional<String> why = reason();
    if (why.isEmpty()) {
      return Secret.random();
    }
    progress.say("Encrypting traffic between workers, because of " + why.get());
    if (!isLocal && SPARK_TRAFFIC.stream().noneMatch(this::isSet)) {
      progress.say(
          "Warning: Spark sends the run's secret itself unencrypted; set "
              + SPARK_TRAFFIC.get(0)
              + " to hide it");
    }
    return Secret.random().encrypting();
  }

  private Optional<String> reason() {
    Optional<String> setting = SPARK_TRAFFIC.stream().filter(this::isSet).findFirst();
    if (setting.isEmpty() && isSet(SPARK_SSL)) {
      setting = Optional.of(SPARK_SSL);
    }
    if (asked == Encryption.OFF && setting.isPresent()) {
      throw new ConfigException(
          "training.encryption", "must be auto or on where " + setting.get() + " is true", "off");
    }
    return setting.isEmpty() && asked == Encryption.ON
        ? Optional.of("training.encryption")
        : setting;
  }

  private boolean isSet(String setting) {
    return spark.getBoolean(setting, false);
  }
}
