package io.evenstep.driver.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values that take precedence over those of the job file.
 *
 * @param sets of {@code --set}, by key
 * @param sparkSettings of {@code spark.evenstep.*}, by key without that prefix
 */
public record Overrides(Map<String, String> sets, Map<String, String> sparkSettings) {
  /** Prefix of Spark settings that are keys of the job. */
  public static final String SPARK_PREFIX = "spark.evenstep.";

  /** No overrides. */
  public static final Overrides NONE = new Overrides(Map.of(), Map.of());

  /** Copies the maps and keeps their order. */
  public Overrides {
    sets = new LinkedHashMap<>(sets);
    sparkSettings = new LinkedHashMap<>(sparkSettings);
  }

  /** Picks the keys of the job from all Spark settings. */
  public static Overrides of(Map<String, String> sets, Map<String, String> allOfSpark) {
    Map<String, String> ours = new LinkedHashMap<>();
    allOfSpark.forEach(
        (name, value) -> {
          if (name.startsWith(SPARK_PREFIX)) {
            ours.put(name.substring(SPARK_PREFIX.length()), value);
          }
        });
    return new Overrides(sets, ours);
  }

  /** These and one more, as {@code --set} would give it. */
  public Overrides with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(sets);
    more.put(key, value);
    return new Overrides(more, sparkSettings);
  }
}
