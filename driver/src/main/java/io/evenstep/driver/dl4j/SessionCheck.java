package io.evenstep.driver.dl4j;

import io.evenstep.model.ConfigException;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;

/** Checks that a Spark session can transport examples and results. */
final class SessionCheck {
  private static final String SERIALIZER = "spark.serializer";
  private static final String REGISTRATION = "spark.kryo.registrationRequired";

  private SessionCheck() {}

  /**
   * Checks a session before anything runs in it. DL4J's own Spark class has already checked that
   * Kryo supports ND4J's arrays.
   *
   * @throws ConfigException naming the setting and its required value
   */
  static void require(SparkConf conf) {
    boolean isKryo = conf.get(SERIALIZER, "").equals(KryoSerializer.class.getName());
    if (isKryo && conf.getBoolean(REGISTRATION, false)) {
      throw new ConfigException(
          REGISTRATION,
          "must be false for a fit, because DL4J and Evenstep do not register their classes",
          true);
    }
  }
}
