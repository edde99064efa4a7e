package io.evenstep.driver.config;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Problem;
import java.util.List;
import java.util.Map;

/** Job files for tests, as if they lay in the folder {@code /jobs}. */
public final class JobTexts {
  public static final String SMALLEST = "data: {format: csv, path: x.csv}\nmodel: {name: mlp}\n";

  private JobTexts() {}

  public static JobConfig parse(String yaml) {
    return parse(yaml, Map.of());
  }

  public static JobConfig parse(String yaml, Map<String, String> sets) {
    return JobConfig.parse(yaml, "job.yaml", "/jobs", new Overrides(sets, Map.of()));
  }

  /** What is wrong with the smallest job with some keys set, one problem per line. */
  public static List<String> problems(String... sets) {
    Map<String, String> map = new java.util.LinkedHashMap<>();
    for (String set : sets) {
      map.put(set.substring(0, set.indexOf('=')), set.substring(set.indexOf('=') + 1));
    }
    try {
      parse(SMALLEST, map);
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
