package io.evenstep.driver.cli;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.profile.DraftJob;
import io.evenstep.driver.profile.DraftRequest;
import io.evenstep.driver.run.PredictRequest;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import io.evenstep.driver.run.TrainOptions;
import io.evenstep.driver.score.BadRows;
import io.evenstep.driver.score.PredictedRows;
import io.evenstep.driver.sweep.SweepRequest;
import io.evenstep.driver.sweep.SweepResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The work of the commands, once their options are parsed.
 *
 * @param train runs a job
 * @param evaluate evaluates a finished run
 * @param predict predicts rows with a finished run
 * @param plan reports what a job will need
 * @param describe describes the content of a table
 * @param draft writes a first job for a table
 * @param sweep tries a job with other settings
 * @param importance measures how much a finished run depends on each column
 */
record JobRunners(
    Train train,
    Evaluate evaluate,
    Predict predict,
    Plan plan,
    Describe describe,
    Draft draft,
    Sweep sweep,
    Evaluate importance) {
  /** Trains; returns the content of {@code result.json}. */
  @FunctionalInterface
  interface Train {
    RunReport run(JobConfig job, TrainOptions options, SparkSession spark, Progress progress);
  }

  /** Evaluates a run's network on the test rows of {@code job}; returns metrics by name. */
  @FunctionalInterface
  interface Evaluate {
    Map<String, Double> run(
        RunFolder run, JobConfig job, BadRows badRows, SparkSession spark, Progress progress);

    /** The same without Spark; empty if Spark is needed. */
    default Optional<Map<String, Double>> here(
        RunFolder run, JobConfig job, BadRows badRows, Configuration hadoop, Progress progress) {
      return Optional.empty();
    }
  }

  /** Plans a job. */
  @FunctionalInterface
  interface Plan {
    JobPlan run(JobConfig job, TrainOptions options, SparkSession spark);

    /** The same without a session, for the one that would be opened; empty if Spark is needed. */
    default Optional<JobPlan> here(
        JobConfig job, TrainOptions options, SparkConf settings, Configuration hadoop) {
      return Optional.empty();
    }
  }

  /** Describes a table for a person to read. */
  @FunctionalInterface
  interface Describe {
    String run(List<String> paths, Optional<String> label, SparkSession spark);
  }

  /** Drafts a job for a table. */
  @FunctionalInterface
  interface Draft {
    DraftJob.Draft run(DraftRequest request, SparkSession spark);
  }

  /** Trains a job with several settings. */
  @FunctionalInterface
  interface Sweep {
    SweepResult run(SweepRequest request, SparkSession spark, Progress progress);
  }

  /** Writes predictions; returns counts of the rows. */
  @FunctionalInterface
  interface Predict {
    PredictedRows run(PredictRequest request, SparkSession spark, Progress progress);

    /** The same without Spark; empty if Spark is needed. */
    default Optional<PredictedRows> here(
        PredictRequest request, Configuration hadoop, Progress progress) {
      return Optional.empty();
    }
  }
}
