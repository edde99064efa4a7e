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
import org.apache.hadoop.fs.Path;

/** Makes the plan of one fit: one epoch over the examples. */
final class FitPlan {
  private static final PackSplit NONE = new PackSplit(0, List.of());

  private FitPlan() {}

  /**
   * The plan.
   *
   * @param workers that a batch is made for, each with its rows of it
   * @param segments steps that a batch is cut into along time
   * @param iterations steps the network has behind it
   * @param folder the fit's own
   * @param secret of the fit, for all attempts
   */
  static TrainingPlan of(
      MasterSettings settings,
      int workers,
      int segments,
      int iterations,
      PackSplit rows,
      Path folder,
      Secret secret) {
    RowOrder order = settings.order().shuffle() ? RowOrder.SHUFFLED : RowOrder.STORED;
    String place = folder.toString();
    long seed = RandomKey.of(settings.order().seed(), iterations); // other draws in each fit
    int rowsOfAStep = Math.multiplyExact(settings.batchSizePerWorker(), workers);
    return new TrainingPlan(
        new TrainingPlan.Identity(folder.getName(), secret, "dl4j", seed),
        new TrainingPlan.Batches(
            rowsOfAStep,
            settings.sharding().shardsFor(workers),
            settings.sharding().reproducible()),
        1,
        sync(settings),
        Stopping.NEVER,
        new TrainingPlan.Output(place, 0, 1, TrainingPlan.Resume.NEVER, LossDetail.STEPS),
        new TrainingPlan.Data(place, rows, NONE, NONE, AugmentPlan.NONE, order, segments, 1),
        Limits.DEFAULT);
  }

  private static SyncPlan sync(MasterSettings settings) {
    return settings.averaging().isOn()
        ? new SyncPlan.Averaging(
            settings.averaging().frequency(), settings.averaging().saveUpdater())
        : new SyncPlan.AllReduce();
  }
}
