package io.evenstep.driver.cli;

import io.evenstep.driver.fold.FoldsJob;
import io.evenstep.driver.profile.DescribeJob;
import io.evenstep.driver.profile.DraftJob;
import io.evenstep.driver.run.EvaluateJob;
import io.evenstep.driver.run.ImportanceJob;
import io.evenstep.driver.run.PlanJob;
import io.evenstep.driver.run.PredictJob;
import io.evenstep.driver.sweep.SweepJob;

/** The one place that names the classes that do the commands' work. */
final class JobWiring {
  private JobWiring() {}

  /** The real runners. */
  static JobRunners jobs() {
    return new JobRunners(
        FoldsJob::run,
        EvaluateJob::run,
        PredictJob::run,
        PlanJob::run,
        DescribeJob::run,
        DraftJob::run,
        SweepJob::run,
        (run, job, badRows, spark, progress) -> ImportanceJob.run(run, job, spark, progress));
  }
}
