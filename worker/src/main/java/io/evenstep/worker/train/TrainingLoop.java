package io.evenstep.worker.train;

import io.evenstep.model.ConfigException;
import io.evenstep.worker.collective.StepLosses;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.feed.TrainingFeed;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.progress.StoppedException;
import io.evenstep.worker.sync.SyncStrategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training loop of every rank. All ranks see the same losses and metrics, so they make the same
 * decisions without communicating.
 */
final class TrainingLoop {
  private static final Logger log = LoggerFactory.getLogger(TrainingLoop.class);
  private static final String VALIDATION = "validation";

  private final TrainingPlan plan;
  private final HostWork work;
  private final SyncStrategy sync;
  private final SplitEvaluation evaluation;
  private final Keeper keeper;
  private final Journal journal;
  private final Reporter reporter;
  private final Traffic traffic;
  private Map<String, Double> validation = Map.of();
  private long rowsSinceLoss;

  TrainingLoop(
      TrainingPlan plan,
      HostWork work,
      SyncStrategy sync,
      SplitEvaluation evaluation,
      Keeper keeper,
      Journal journal,
      Reporter reporter,
      Traffic traffic) {
    this.plan = plan;
    this.work = work;
    this.sync = sync;
    this.evaluation = evaluation;
    this.keeper = keeper;
    this.journal = journal;
    this.reporter = reporter;
    this.traffic = traffic;
  }

  /**
   * Trains from where the journal stands to the last epoch, or until early stopping ends it.
   *
   * @param feeds of this host's ranks, the lead's first
   * @throws StoppedException when a rank is asked to stop; the last step is saved
   */
  void run(List<TrainingFeed> feeds) {
    if (journal.epochIsFull()) {
      endEpoch(); // a peer was lost after the epoch's last step
    }
    while (!journal.stopped()) {
      Optional<StepRows> rows = work.next(feeds);
      if (rows.isEmpty()) {
        return;
      }
      takeStep(rows.get(), feeds);
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

  private void takeStep(StepRows rows, List<TrainingFeed> feeds) {
    LogContext.step(rows.step());
    traffic.stepBegins();
    sync.begin(rows.step(), rows.rows());
    work.compute(rows, feeds, sync);
    if (work.stop().asked()) {
      sync.askToStop();
    }
    work.exchange(rows.step());
    reporter.stepEnds();
    Optional<StepLosses> losses = sync.finish(rows.step(), rows.epoch(), rows.rows());
    traffic.stepEnds(rows.step());

    work.stepDone();
    journal.stepDone(rows.rows());
    reporter.stepDone(journal.step(), rows.rows());
    rowsSinceLoss += rows.rows();
    losses.ifPresent(known -> replicasAgree(rows, known));
  }

  private void replicasAgree(StepRows rows, StepLosses losses) {
    double mean = losses.total() / rowsSinceLoss;
    journal.lossKnown(losses.total(), mean);
    reporter.lossKnown(rows, journal, losses.total(), rowsSinceLoss);
    rowsSinceLoss = 0;
    if (losses.stop()) {
      keeper.collect();
      throw stopped();
    }
    if (!rows.lastOfEpoch()) {
      keeper.stepDone(journal);
    }
  }

  /**
   * Evaluates before the journal closes the epoch, because until then the end of the epoch can be
   * repeated.
   */
  private void endEpoch() {
    keeper.collect();
    work.rest();
    reporter.epochEnds(journal);
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
      throw work.stop().asked() ? stopped() : e; // most likely the peer has stopped
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
