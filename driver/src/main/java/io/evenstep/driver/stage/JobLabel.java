package io.evenstep.driver.stage;

import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/** The label of this thread's jobs on Spark's web pages, until it is closed. */
public final class JobLabel implements AutoCloseable {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  private final SparkContext spark;
  private final @Nullable String groupBefore;
  private final @Nullable String descriptionBefore;

  private JobLabel(SparkContext spark) {
    this.spark = spark;
    this.groupBefore = spark.getLocalProperty(GROUP);
    this.descriptionBefore = spark.getLocalProperty(DESCRIPTION);
  }

  /**
   * Labels future jobs.
   *
   * @param run id of the run, which becomes the jobs' group
   * @param work such as {@code train, attempt 1}
   */
  public static JobLabel of(SparkContext spark, String run, String work) {
    JobLabel label = new JobLabel(spark);
    spark.setLocalProperty(GROUP, run);
    spark.setLocalProperty(DESCRIPTION, "Evenstep " + run + ": " + work);
    return label;
  }

  /** Restores the thread's previous label. */
  @Override
  public void close() {
    spark.setLocalProperty(GROUP, groupBefore);
    spark.setLocalProperty(DESCRIPTION, descriptionBefore);
  }
}
