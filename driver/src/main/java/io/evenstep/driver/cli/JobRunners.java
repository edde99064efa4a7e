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
import io.evenstep.driver.score.PredictedRows;
import io.evenstep.driver.sweep.SweepRequest;
import io.evenstep.driver.sweep.SweepResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * What the commands set going, once they know what was asked.
 *
 * @param train runs a job
 * @param evaluate measures a finished run
 * @param predict applies a finished run to rows
 * @param plan says what a job will need
 * @param describe says what is in a table
 * @param draft writes a first job for a table
 * @param sweep tries a job with other settings
 */
record JobRunners(
    Train train,
    Evaluate evaluate,
    Predict predict,
    Plan plan,
    Describe describe,
    Draft draft,
    Sweep sweep) {
  /** Trains, and gives back what {@code result.json} says. */
  @FunctionalInterface
  interface Train {
    RunReport run(JobConfig job, TrainOptions options, SparkSession spark, Progress progress);
  }

  /** Evaluates a run's network on the test rows of {@code job}; gives back metrics by name. */
  @FunctionalInterface
  interface Evaluate {
    Map<String, Double> run(RunFolder run, JobConfig job, SparkSession spark, Progress progress);
  }

  /** Plans a job. */
  @FunctionalInterface
  interface Plan {
    JobPlan run(JobConfig job, TrainOptions options, SparkSession spark);
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

  /** Tries a job with other settings. */
  @FunctionalInterface
  interface Sweep {
    SweepResult run(SweepRequest request, SparkSession spark, Progress progress);
  }

  /** Writes predictions; gives back what has become of the rows. */
  @FunctionalInterface
  interface Predict {
    PredictedRows run(PredictRequest request, SparkSession spark, Progress progress);
  }
}
