package io.evenstep.driver.dl4j;

import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.feed.RandomKey;
import io.evenstep.worker.feed.RowOrder;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.Stopping;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.TrainingPlan.LossDetail;
import java.util.List;

/**
 * The plans of one fit: one epoch over the examples.
 *
 * @param batch rows of a step, over all workers
 * @param segments steps that a batch is cut into along time
 * @param iterations steps the network has behind it
 * @param folder URI of the fit's temporary folder
 */
record FitPlans(
    MasterSettings settings,
    int shards,
    int batch,
    int segments,
    int iterations,
    PackSplit rows,
    String folder,
    Secret secret) {
  private static final PackSplit NONE = new PackSplit(0, List.of());

  /** The plan of an attempt, counted from 1; all but the first go on from what is left. */
  TrainingPlan attempt(int attempt) {
    return new TrainingPlan(
        new TrainingPlan.Identity(
            folder.substring(folder.lastIndexOf('/') + 1) + "#" + attempt,
            secret,
            "dl4j",
            RandomKey.of(settings.order().seed(), iterations)), // other draws in each fit
        new TrainingPlan.Batches(batch, shards, settings.sharding().reproducible()),
        1,
        sync(),
        Stopping.NEVER,
        output(attempt),
        data(),
        Limits.DEFAULT);
  }

  private SyncPlan sync() {
    return settings.averaging().isOn()
        ? new SyncPlan.Averaging(
            settings.averaging().frequency(), settings.averaging().saveUpdater())
        : new SyncPlan.AllReduce();
  }

  private TrainingPlan.Output output(int attempt) {
    TrainingPlan.Resume resume =
        attempt == 1 ? TrainingPlan.Resume.NEVER : TrainingPlan.Resume.AUTO;
    return new TrainingPlan.Output(folder, 0, 1, resume, LossDetail.STEPS);
  }

  private TrainingPlan.Data data() {
    RowOrder order = settings.order().shuffle() ? RowOrder.SHUFFLED : RowOrder.STORED;
    return new TrainingPlan.Data(folder, rows, NONE, NONE, AugmentPlan.NONE, order, segments, 1);
  }
}
