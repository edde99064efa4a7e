package io.evenstep.driver.dl4j;

import io.evenstep.model.ConfigException;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;

/** What a Spark session must be so that examples and results can travel. */
final class SessionCheck {
  private static final String SERIALIZER = "spark.serializer";
  private static final String REGISTRATION = "spark.kryo.registrationRequired";

  private SessionCheck() {}

  /**
   * Checks a session before anything runs in it. That Kryo can carry ND4J's arrays, DL4J itself has
   * checked when its Spark class was made.
   *
   * @throws ConfigException naming the setting, and what it must be
   */
  static void require(SparkConf conf) {
    boolean isKryo = conf.get(SERIALIZER, "").equals(KryoSerializer.class.getName());
    if (isKryo && conf.getBoolean(REGISTRATION, false)) {
      throw new ConfigException(
          REGISTRATION,
          "must be false for a fit, since neither DL4J nor Evenstep registers its classes",
          true);
    }
  }
}
