package io.evenstep.driver.ml;

import io.evenstep.driver.config.Overrides;
import io.evenstep.model.network.trust.AllowedTypes;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * User classes that a network's configuration may name. They come only from Spark's settings, so
 * that a saved pipeline cannot allow itself classes.
 */
final class OwnTypes {
  private static final String KEY = "model.allow";

  private OwnTypes() {}

  /** The setting as a job override. */
  static Map<String, String> settings(SparkSession spark) {
    String allowed = spark.conf().get(Overrides.SPARK_PREFIX + KEY, "");
    return allowed.isBlank() ? Map.of() : Map.of(KEY, allowed);
  }

  static AllowedTypes of(SparkSession spark) {
    String allowed = settings(spark).getOrDefault(KEY, "");
    return new AllowedTypes(
        List.of(allowed.split(",", -1)).stream()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList());
  }
}
