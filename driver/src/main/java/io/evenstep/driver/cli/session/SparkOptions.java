package io.evenstep.driver.cli.session;

import io.evenstep.driver.config.Overrides;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Option;

/** The options that every command with a Spark session has. */
public final class SparkOptions {
  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description =
          "Spark's master, such as local[2] or spark://host:7077; default: spark-submit's, or"
              + " local[*].")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark's; spark.evenstep.KEY sets a key of the job.")
  private Map<String, String> conf = new LinkedHashMap<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the job, over what its file says; may be given many times.")
  private Map<String, String> sets = new LinkedHashMap<>();

  /** What wins over the job file. */
  public Overrides overrides() {
    Map<String, String> spark = new LinkedHashMap<>();
    Arrays.stream(new SparkConf().getAll()).forEach(entry -> spark.put(entry._1(), entry._2()));
    spark.putAll(conf);
    return Overrides.of(sets, spark);
  }

  /**
   * A session to plan in, as near to this command's as can be; the caller closes it.
   *
   * @param problems takes why the command's own would be refused
   */
  public OpenSession openToPlan(String name, List<RuntimeException> problems) {
    return Sessions.open(Sessions.toPlan(name, master, conf, problems));
  }

  /** The session of this command; the caller closes it. */
  public OpenSession open(String name) {
    return Sessions.open(Sessions.settings(name, master, conf));
  }
}
