package io.evenstep.driver.run;

import io.evenstep.driver.config.CheckpointPolicy;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.TrainingConfig;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.worker.feed.RowOrder;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.Stopping;
import io.evenstep.worker.train.TrainingPlan;

/** Makes the plan that all workers of a job are given. */
final class Plans {
  private Plans() {}

  /**
   * The plan of a run over a pack.
   *
   * @param secret of the run, the same for all attempts
   */
  static TrainingPlan of(
      JobConfig job, TrainOptions options, RunFolder run, Pack pack, Secret secret) {
    TrainingConfig training = job.training();
    return new TrainingPlan(
        new TrainingPlan.Identity(options.runId(), secret, run.identity(job), job.seed()),
        new TrainingPlan.Batches(
            training.batches().rows(),
            training.batches().shards(),
            training.batches().reproducible()),
        training.epochs(),
        training.sync().plan(),
        stopping(training),
        output(run, training.checkpoints(), options.resume()),
        data(job, pack),
        limits(training));
  }

  private static Stopping stopping(TrainingConfig training) {
    return training.stopping().map(Plans::stopping).orElse(Stopping.NEVER);
  }

  private static Stopping stopping(io.evenstep.driver.config.StoppingConfig asked) {
    String metric = asked.metric().replaceFirst("^validation\\.", "");
    Stopping.Goal goal = asked.higherIsBetter() ? Stopping.Goal.HIGHER : Stopping.Goal.LOWER;
    return new Stopping(metric, goal, asked.patience(), asked.minDelta());
  }

  private static TrainingPlan.Output output(RunFolder run, CheckpointPolicy keep, Resume resume) {
    return new TrainingPlan.Output(
        run.folder().toString(),
        keep.everySteps(),
        keep.keep(),
        TrainingPlan.Resume.valueOf(resume.name()));
  }

  private static TrainingPlan.Data data(JobConfig job, Pack pack) {
    return new TrainingPlan.Data(
        pack.folder().toString(),
        pack.index().train(),
        pack.index().validation(),
        pack.index().test(),
        job.augmentations(),
        RowOrder.SHUFFLED,
        1,
        job.training().batches().accumulate());
  }

  private static Limits limits(TrainingConfig training) {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        usual.connect(),
        training.peers().timeout(),
        training.peers().silence(),
        usual.read(),
        usual.prefetchBytes());
  }
}
