package io.evenstep.driver.data.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Formats of tables with a log of their own: the log, not the folder, says which files have the
 * table's rows. Spark brings the jar of none of them.
 */
public enum TableFormat {
  DELTA(
      "Delta",
      "io.delta:delta-spark_2.12:3.3.0",
      Map.of(
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")),
  ICEBERG("Iceberg", "org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.7.1", Map.of()),
  HUDI("Hudi", "org.apache.hudi:hudi-spark3.5-bundle_2.12:VERSION", Map.of());

  /** Options of the readers that choose an earlier version of a table, in lower case. */
  private static final Set<String> VERSIONS =
      Set.of(
          "versionasof",
          "timestampasof",
          "snapshot-id",
          "as-of-timestamp",
          "start-snapshot-id",
          "end-snapshot-id",
          "branch",
          "tag",
          "as.of.instant");

  private final String words;
  private final String artifact;
  private final Map<String, String> settings;

  TableFormat(String words, String artifact, Map<String, String> settings) {
    this.words = words;
    this.artifact = artifact;
    this.settings = settings;
  }

  /** The format that {@code data.reader} names, in any case. */
  public static Optional<TableFormat> named(String reader) {
    return Arrays.stream(values())
        .filter(format -> format.reader().equalsIgnoreCase(reader))
        .findFirst();
  }

  /** Options of a reader for another table: without the version of the first. */
  public static Map<String, String> withoutVersion(Map<String, String> options) {
    Map<String, String> others = new TreeMap<>(options);
    others.keySet().removeIf(name -> VERSIONS.contains(name.toLowerCase(Locale.ROOT)));
    return others;
  }

  /** Its name in {@code data.reader}. */
  public String reader() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name in messages. */
  public String words() {
    return words;
  }

  /** Settings that a Spark session needs from its start. */
  public Map<String, String> settings() {
    return settings;
  }

  /** The settings as options of a command, in a fixed order. */
  public String settingOptions() {
    return new TreeMap<>(settings)
        .entrySet().stream()
            .map(setting -> "--conf " + setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining(" "));
  }

  /** What is missing without its jar, and the option that adds it. */
  public String remedy() {
    return remedy(reader(), artifact);
  }

  /** The same for a data source in a Maven artifact. */
  public static String remedy(String reader, String artifact) {
    return reader
        + " needs a jar that Spark does not bring: add --conf spark.jars.packages="
        + artifact
        + " (spark-submit: --packages "
        + artifact
        + ")";
  }
}
