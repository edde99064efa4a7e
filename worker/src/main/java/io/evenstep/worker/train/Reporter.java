package io.evenstep.worker.train;

import io.evenstep.worker.checkpoint.CheckpointStore;
import io.evenstep.worker.collective.StepClock.Phase;
import io.evenstep.worker.feed.StepRows;
import io.evenstep.worker.progress.EvaluationPace;
import io.evenstep.worker.progress.LossTrail;
import io.evenstep.worker.progress.ProgressEvent;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.StepMeasure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to the listener at a limited rate, and protects training from its failures. Rank 0
 * reports on training; each rank reports its own times. A report covers everything since the
 * previous one.
 */
final class Reporter {
  private static final Logger log = LoggerFactory.getLogger(Reporter.class);
  private static final long STEPS_NANOS = Duration.ofMillis(200).toNanos();
  private static final long WEIGHTS_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long TIMES_NANOS = Duration.ofSeconds(1).toNanos();

  private final ProgressListener listener;
  private final int rank;
  private final StepMeasure measure;
  private final List<WorkerContext> host; // the lead's first
  private final LossTrail losses = new LossTrail();
  private final EvaluationPace evaluation = new EvaluationPace();
  private long measuredNanos = System.nanoTime(); // time of the last measured step
  private long timesNanos = measuredNanos; // as of the last report of times
  private long weightsNanos = measuredNanos - WEIGHTS_NANOS; // when weights were last reported
  private long weightsStep = -1; // and the step then
  private long rowsSince; // the start of their time
  private long rowsNanos = measuredNanos;
  private double rate; // at the last report
  private boolean first = true;
  private boolean isDue;
  private boolean failed;

  /**
   * Reports for the ranks of a host.
   *
   * @param host the lead's seat first
   */
  Reporter(List<WorkerContext> host, StepMeasure measure) {
    this.host = List.copyOf(host);
    this.listener = host.get(0).listener();
    this.rank = host.get(0).rank();
    this.measure = measure;
  }

  void skipped(List<CheckpointStore.Skipped> checkpoints) {
    checkpoints.forEach(
        checkpoint ->
            tellOfRun(
                new ProgressEvent.CheckpointSkipped(
                    checkpoint.file().toString(), checkpoint.reason())));
  }

  void saved(long step, double seconds) {
    tellOfRun(new ProgressEvent.CheckpointSaved(step, seconds));
  }

  void resumed(Recovery.Start start) {
    boolean replica = start.source() == Recovery.Source.REPLICA;
    tellOfRun(new ProgressEvent.Resumed(start.position().step(), replica));
  }

  /** Called before a step updates the parameters: measures it if it will be reported. */
  void stepEnds() {
    long now = System.nanoTime();
    if (rank == 0 && !isDue && (first || now - measuredNanos >= STEPS_NANOS)) {
      isDue = true;
      measuredNanos = now;
      measure.measureNext();
    }
  }

  void stepDone(long step, int rows) {
    rowsSince += rows;
    if (System.nanoTime() - timesNanos >= TIMES_NANOS) {
      tellTimes(step);
    }
  }

  /**
   * Called when the replicas agree on the losses since the last time: reports steps, unless some
   * were reported just before.
   *
   * @param sum sum of the losses
   * @param lossRows how many rows they cover
   */
  void lossKnown(StepRows rows, Journal journal, double sum, long lossRows) {
    losses.add(journal.step(), sum, lossRows);
    if (isDue) {
      tellSteps(rows.epoch(), journal);
    }
  }

  private void tellSteps(int epoch, Journal journal) {
    long now = System.nanoTime();
    double mean = losses.mean();
    if (rowsSince > 0) {
      rate = rowsSince * 1e9 / Math.max(1, now - rowsNanos);
    }
    tellOfRun(
        new ProgressEvent.StepDone(
            journal.step(), epoch, journal.examples(), mean, rate, losses.take()));
    measure.takeMeasured().ifPresent(this::tellOfRun);
    first = false;
    isDue = false;
    rowsNanos = now;
    rowsSince = 0;
  }

  /** Called after the last step of an epoch: reports the remaining steps before the epoch. */
  void epochEnds(Journal journal) {
    tellRemainingSteps(journal.epoch(), journal);
  }

  void epochDone(Journal journal, double loss, Map<String, Double> validation, Best best) {
    int epoch = journal.epoch() - 1;
    tellOfRun(
        new ProgressEvent.EpochDone(epoch, journal.step(), loss, validation, best == Best.THIS));
    if (System.nanoTime() - weightsNanos >= WEIGHTS_NANOS) {
      tellWeights(journal.step());
    }
    rowsNanos = System.nanoTime(); // the end of an epoch does not count as step time
    rowsSince = 0;
  }

  /** Called before rows are evaluated. */
  void evaluationBegins() {
    evaluation.begin(System.nanoTime());
  }

  /**
   * Called while rows are evaluated.
   *
   * @param done rows that the lead has evaluated
   * @param share rows that the lead evaluates
   */
  void evaluating(String split, long done, long share, long rows) {
    evaluation.at(split, done, share, rows, System.nanoTime()).ifPresent(this::tellOfRun);
  }

  /** Called when training is over: reports the rest. */
  void trainingEnds(Journal journal) {
    tellRemainingSteps(Math.max(0, journal.epoch() - 1), journal);
    tellTimes(journal.step());
    if (weightsStep != journal.step()) {
      tellWeights(journal.step());
    }
  }

  private void tellWeights(long step) {
    if (rank == 0) {
      weightsNanos = System.nanoTime();
      weightsStep = step;
      tell(measure.weights(step));
    }
  }

  private void tellRemainingSteps(int epoch, Journal journal) {
    if (!losses.isEmpty()) {
      tellSteps(epoch, journal);
    }
  }

  /** Records which epoch is the best so far. */
  enum Best {
    THIS,
    EARLIER
  }

  private void tellTimes(long step) {
    timesNanos = System.nanoTime();
    for (WorkerContext seat : host) {
      Map<Phase, Double> milliseconds = new EnumMap<>(Phase.class);
      for (Phase phase : Phase.values()) {
        milliseconds.put(phase, seat.meter().milliseconds(phase));
      }
      tell(new ProgressEvent.RankTimes(seat.rank(), step, milliseconds, seat.meter().bytesSent()));
    }
  }

  private void tellOfRun(ProgressEvent event) {
    if (rank == 0) {
      tell(event);
    }
  }

  private void tell(ProgressEvent event) {
    try {
      listener.report(event);
    } catch (RuntimeException e) {
      if (!failed) {
        log.warn("Cannot report progress; training continues: {}", e.toString());
      }
      failed = true;
    }
  }
}
