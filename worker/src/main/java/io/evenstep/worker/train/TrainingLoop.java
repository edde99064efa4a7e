package io.evenstep.worker.train;

import io.evenstep.model.ConfigException;
import io.evenstep.model.DivergedException;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.worker.collective.Losses;
import io.evenstep.worker.collective.StepClock;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.feed.RandomKey;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.StoppedException;
import io.evenstep.worker.sync.SyncStrategy;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Training, as every rank does it. All ranks see the same losses and metrics, so they all stop,
 * judge and keep alike without another word.
 */
final class TrainingLoop {
  private static final Logger log = LoggerFactory.getLogger(TrainingLoop.class);
  private static final String VALIDATION = "validation";

  private final TrainingPlan plan;
  private final ShardPass pass;
  private final SyncStrategy sync;
  private final SplitEvaluation evaluation;
  private final Keeper keeper;
  private final Journal journal;
  private final Reporter reporter;
  private final StepClock clock;
  private final Traffic traffic;
  private final StopSign stop;
  private Map<String, Double> validation = Map.of();
  private long rowsSinceLoss;

  TrainingLoop(
      TrainingPlan plan,
      ShardPass pass,
      SyncStrategy sync,
      SplitEvaluation evaluation,
      Keeper keeper,
      Journal journal,
      Reporter reporter,
      StepClock clock,
      Traffic traffic,
      StopSign stop) {
    this.plan = plan;
    this.pass = pass;
    this.sync = sync;
    this.evaluation = evaluation;
    this.keeper = keeper;
    this.journal = journal;
    this.reporter = reporter;
    this.clock = clock;
    this.traffic = traffic;
    this.stop = stop;
  }

  /**
   * Trains from where the journal stands to the last epoch, or until early stopping ends it.
   *
   * @throws StoppedException when a rank is asked to stop; the step it stops after is kept
   */
  void run(TrainingFeed feed) {
    if (journal.epochIsFull()) {
      endEpoch(); // [a peer was lost after the epoch's last step]
    }
    while (!journal.stopped()) {
      clock.enter(Phase.FEED);
      Optional<StepRows> rows = feed.next();
      clock.enter(Phase.OTHER);
      if (rows.isEmpty()) {
        return;
      }
      takeStep(rows.get());
      if (rows.get().lastOfEpoch()) {
        sync.settle(rows.get().step()).ifPresent(losses -> replicasAgree(rows.get(), losses));
        endEpoch();
      }
    }
  }

  /** Metrics of the validation rows at the end of the last epoch. */
  Map<String, Double> validation() {
    return validation;
  }

  private void takeStep(StepRows rows) {
    LogContext.step(rows.step());
    traffic.stepBegins();
    sync.begin(rows.step(), rows.rows());
    for (StepRows.Shard shard : rows.shards()) {
      try (MiniBatch batch = shard.rows()) {
        sync.add(shard.index(), batch.rows(), computeGradient(rows.step(), shard));
      }
    }
    if (stop.asked()) {
      sync.askToStop();
    }
    clock.enter(Phase.COMMUNICATE);
    pass.exchange(rows.step());
    clock.enter(Phase.OTHER);
    Optional<Losses> losses = sync.finish(rows.step(), rows.epoch(), rows.rows());
    traffic.stepEnds(rows.step());

    pass.stepDone();
    journal.stepDone(rows.rows());
    reporter.rowsDone(rows.rows());
    rowsSinceLoss += rows.rows();
    losses.ifPresent(known -> replicasAgree(rows, known));
  }

  private double computeGradient(long step, StepRows.Shard shard) {
    clock.enter(Phase.COMPUTE);
    try {
      long key = RandomKey.of(plan.seed(), step, shard.index());
      return pass.accumulate(shard.index(), shard.rows(), key, sync.target());
    } catch (DivergedException e) {
      return Double.NaN; // [reaches all ranks with the sum, so that all stop alike]
    } finally {
      clock.enter(Phase.OTHER);
    }
  }

  private void replicasAgree(StepRows rows, Losses losses) {
    double mean = losses.total() / rowsSinceLoss;
    journal.lossKnown(losses.total(), mean);
    reporter.stepDone(rows, journal, mean);
    rowsSinceLoss = 0;
    if (losses.stop()) {
      throw stopped();
    }
    if (!rows.lastOfEpoch()) {
      keeper.stepDone(journal);
    }
  }

  /** Evaluates before the journal turns the page: until then the epoch can be ended once more. */
  private void endEpoch() {
    validation = validate();
    double loss = journal.epochDone();
    journal.validated(validation);
    boolean best = !validation.isEmpty() && journal.judge(metric());
    if (best) {
      keeper.saveBest(journal);
    }
    keeper.save(journal);
    log.info("Epoch {} done: loss {}, {}", journal.epoch(), loss, validation);
    reporter.epochDone(
        journal, loss, validation, best ? Reporter.Best.THIS : Reporter.Best.EARLIER);
  }

  private Map<String, Double> validate() {
    try {
      return evaluation.of(VALIDATION, plan.data().validation());
    } catch (StoppedException e) {
      throw stopped();
    } catch (RankLostException e) {
      throw stop.asked() ? stopped() : e; // [the peer has stopped, most likely]
    }
  }

  private StoppedException stopped() {
    keeper.save(journal);
    return new StoppedException("Stopped after step " + journal.step() + ", at a checkpoint");
  }

  private double metric() {
    Double value = validation.get(VALIDATION + "." + plan.stopping().metric());
    if (value == null) {
      throw new ConfigException(
          "training.stopping.metric",
          "must be one of " + validation.keySet(),
          plan.stopping().metric());
    }
    return value;
  }
}
