package io.evenstep.driver.ml;

import io.evenstep.driver.config.Overrides;
import io.evenstep.model.network.trust.AllowedTypes;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Classes of the user's own that a network's configuration may name. Only Spark's settings say
 * which: a saved pipeline must not allow itself anything.
 */
final class OwnTypes {
  private static final String KEY = "model.allow";

  private OwnTypes() {}

  /** The setting, as overrides of a job take it. */
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
