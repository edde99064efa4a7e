package io.evenstep.driver.cli;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Faults of Spark itself, at one job, stage or task of a command, as caused by an operator or by
 * Spark.
 */
final class FaultySpark extends SparkListener implements AutoCloseable {
  private final SparkContext spark;
  private final Fault fault;
  private final AtomicInteger left;

  /** What goes wrong. */
  enum Fault {
    JOB_CANCELLED,
    STAGE_CANCELLED,
    TASK_KILLED
  }

  private FaultySpark(SparkContext spark, Fault fault, int after) {
    this.spark = spark;
    this.fault = fault;
    this.left = new AtomicInteger(after);
  }

  /** After this many jobs, stages or tasks, all later ones are hit, until it is closed. */
  static FaultySpark after(int count, Fault fault, SparkContext spark) {
    FaultySpark faulty = new FaultySpark(spark, fault, count);
    spark.addSparkListener(faulty);
    return faulty;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (fault == Fault.JOB_CANCELLED && left.decrementAndGet() < 0) {
      spark.cancelJob(job.jobId());
    }
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted stage) {
    if (fault == Fault.STAGE_CANCELLED && left.decrementAndGet() < 0) {
      spark.cancelStage(stage.stageInfo().stageId());
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (fault == Fault.TASK_KILLED && left.decrementAndGet() == -1) {
      spark.killTaskAttempt(task.taskInfo().taskId(), true, "a test says so");
    }
  }

  @Override
  public void close() {
    spark.removeSparkListener(this);
  }
}
