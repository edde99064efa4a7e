package io.evenstep.worker.fault;

import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.worker.evaluation.MeanLoss;
import io.evenstep.worker.feed.RowOrder;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.Stopping;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.WorkerMeter;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.Worker;
import io.evenstep.worker.train.WorkerContext;
import io.evenstep.worker.train.WorkerParts;
import io.evenstep.worker.train.WorkerProcess;
import io.evenstep.worker.train.WorkerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Six steps of a small network in two epochs, with an evaluation after each and at the end. */
final class SmallTraining {
  private static final int ROWS = 101;
  private static final int BATCH = 40; // the last batch of an epoch has 21 rows
  private static final int EPOCHS = 2;

  private final Path folder;
  private final PackSplit train;
  private final PackSplit validation;
  private final AtomicInteger runs = new AtomicInteger();

  /** Writes the rows into {@code folder}, where the runs will be too. */
  SmallTraining(Path folder) throws IOException {
    this.folder = folder;
    this.train = TestPack.write(folder, "train", ROWS);
    this.validation = TestPack.write(folder, "validation", 20);
  }

  /** Four shards are computed in two pieces each, eight at once. */
  private TrainingPlan.Data data(Setup setup) {
    return new TrainingPlan.Data(
        folder.toUri().toString(),
        train,
        validation,
        validation,
        AugmentPlan.NONE,
        RowOrder.SHUFFLED,
        1,
        setup.shards == 4 ? 2 : 1);
  }

  /**
   * What varies from run to run.
   *
   * @param ranks number of workers
   * @param shards shards of a step
   * @param length parameters of the network
   * @param sync how replicas are synchronized
   * @param survivors one bit per rank: whether its process, and so its replica, survives an attempt
   * @param silent whether the limit for silence ends a wait; otherwise the limit for a slow peer
   * @param checkpointSteps steps between checkpoints; 0 for only at the end of epochs
   * @param resume whether a further attempt resumes from a checkpoint
   */
  record Setup(
      int ranks,
      int shards,
      int length,
      SyncPlan sync,
      int survivors,
      boolean silent,
      long checkpointSteps,
      TrainingPlan.Resume resume) {
    /** The settings that determine the resulting bits and the messages. */
    Setup undisturbed() {
      return new Setup(ranks, shards, length, sync, 0, false, 0, TrainingPlan.Resume.NEVER);
    }
  }

  /** A folder for a run. */
  Path newRun() throws IOException {
    return Files.createDirectory(folder.resolve("run-" + runs.incrementAndGet()));
  }

  /** One rank of one attempt. */
  WorkerReport run(
      Setup setup,
      Limits limits,
      Path output,
      SmallNetwork network,
      WorkerProcess survivors,
      int rank,
      Rendezvous rendezvous)
      throws IOException {
    TrainingPlan.Output out =
        new TrainingPlan.Output(output.toUri().toString(), setup.checkpointSteps, 2, setup.resume);
    TrainingPlan plan =
        new TrainingPlan(
            new TrainingPlan.Identity("firewall", TestSecret.SECRET, "config", 7),
            new TrainingPlan.Batches(BATCH, setup.shards, true),
            EPOCHS,
            setup.sync,
            Stopping.NEVER,
            out,
            data(setup),
            limits);
    return Worker.run(
        plan,
        new WorkerParts(() -> network, TestPack::decoder, () -> Augmenter.NONE, MeanLoss::new),
        new WorkerContext(
            rank,
            setup.ranks,
            rendezvous,
            new WorkerContext.Files(TestPack.files(), TestPack.files()),
            survivors,
            new StopSign(),
            new WorkerMeter(),
            ProgressListener.SILENT));
  }
}
