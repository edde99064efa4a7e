package io.evenstep.driver.cli;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.fold.FoldsJob;
import io.evenstep.driver.plan.JobPlan;
import io.evenstep.driver.profile.DescribeJob;
import io.evenstep.driver.profile.DraftJob;
import io.evenstep.driver.run.EvaluateJob;
import io.evenstep.driver.run.ImportanceJob;
import io.evenstep.driver.run.PlanJob;
import io.evenstep.driver.run.PredictJob;
import io.evenstep.driver.run.PredictRequest;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.TrainOptions;
import io.evenstep.driver.score.BadRows;
import io.evenstep.driver.score.PredictedRows;
import io.evenstep.driver.sweep.SweepJob;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The one place that names the classes that do the commands' work. */
final class JobWiring {
  private JobWiring() {}

  /** The real runners. */
  static JobRunners jobs() {
    return new JobRunners(
        FoldsJob::run,
        new Evaluation(),
        new Prediction(),
        new Planning(),
        DescribeJob::run,
        DraftJob::run,
        SweepJob::run,
        (run, job, badRows, spark, progress) -> ImportanceJob.run(run, job, spark, progress));
  }

  private static final class Planning implements JobRunners.Plan {
    @Override
    public JobPlan run(JobConfig job, TrainOptions options, SparkSession spark) {
      return PlanJob.run(job, options, spark);
    }

    @Override
    public Optional<JobPlan> here(
        JobConfig job, TrainOptions options, SparkConf settings, Configuration hadoop) {
      return PlanJob.here(job, options, settings, hadoop);
    }
  }

  private static final class Evaluation implements JobRunners.Evaluate {
    @Override
    public Map<String, Double> run(
        RunFolder run, JobConfig job, BadRows badRows, SparkSession spark, Progress progress) {
      return EvaluateJob.run(run, job, badRows, spark, progress);
    }

    @Override
    public Optional<Map<String, Double>> here(
        RunFolder run, JobConfig job, BadRows badRows, Configuration hadoop, Progress progress) {
      return EvaluateJob.here(run, job, badRows, hadoop, progress);
    }
  }

  private static final class Prediction implements JobRunners.Predict {
    @Override
    public PredictedRows run(PredictRequest request, SparkSession spark, Progress progress) {
      return PredictJob.run(request, spark, progress);
    }

    @Override
    public Optional<PredictedRows> here(
        PredictRequest request, Configuration hadoop, Progress progress) {
      return PredictJob.here(request, hadoop, progress);
    }
  }
}
