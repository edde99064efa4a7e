package io.evenstep.driver.cli.session;

import java.util.List;
import java.util.Map;

/** Settings of Spark with which a session of a local master opens without trouble. */
final class UsualSettings {
  /** Those of {@code conf/spark-defaults.conf}, and a name. Other values may be invalid. */
  private static final Map<String, String> VALUES =
      Map.of(
          "spark.task.cpus", "1",
          "spark.dynamicAllocation.enabled", "false",
          "spark.speculation", "false",
          "spark.executor.memoryOverheadFactor", "0.5");

  /** A local session does not read them, or any value will do. */
  private static final List<String> ANY =
      List.of(
          "spark.app.name",
          "spark.master",
          "spark.evenstep.",
          "spark.executorEnv.",
          "spark.yarn.appMasterEnv.");

  private UsualSettings() {}

  /** Whether all of these settings are usual. */
  static boolean include(Map<String, String> settings) {
    return settings.entrySet().stream().allMatch(each -> isUsual(each.getKey(), each.getValue()));
  }

  private static boolean isUsual(String key, String value) {
    return value.equals(VALUES.get(key)) || ANY.stream().anyMatch(key::startsWith);
  }
}
