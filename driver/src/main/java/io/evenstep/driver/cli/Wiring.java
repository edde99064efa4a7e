package io.evenstep.driver.cli;

import io.evenstep.driver.EvaluateJob;
import io.evenstep.driver.PlanJob;
import io.evenstep.driver.PredictJob;
import io.evenstep.driver.TrainJob;
import io.evenstep.driver.profile.DescribeJob;
import io.evenstep.driver.profile.DraftJob;

/** The one place that says which classes do the commands' work. */
final class Wiring {
  private Wiring() {}

  /** The real ones. */
  static Jobs jobs() {
    return new Jobs(
        TrainJob::run,
        EvaluateJob::run,
        PredictJob::run,
        PlanJob::run,
        DescribeJob::run,
        DraftJob::run);
  }
}
