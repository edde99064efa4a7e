package io.evenstep.driver.profile;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Describes a table. */
public final class DescribeJob {
  private DescribeJob() {}

  /**
   * A description of a table for people.
   *
   * @param paths files, folders or globs
   * @param label column whose classes are counted and compared with the other columns
   * @throws io.evenstep.model.DataException when the files cannot be read
   * @throws io.evenstep.model.ConfigException when there is no column {@code label}
   */
  public static String run(List<String> paths, Optional<String> label, SparkSession spark) {
    return ProfileText.of(Profiler.profile(spark, paths, label), label);
  }
}
