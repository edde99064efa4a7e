package io.evenstep.driver.report;

import io.evenstep.driver.event.AttemptStart;
import io.evenstep.driver.event.RunEnd;
import io.evenstep.driver.event.RunListener;
import io.evenstep.driver.event.RunStart;
import io.evenstep.driver.report.Series.Fold;
import io.evenstep.driver.report.Timeline.Kind;
import io.evenstep.worker.progress.ProgressEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The history of a run, in bounded memory: its steps and epochs, where time was spent, and its
 * events. Other classes draw it. Thread-safe.
 */
public final class RunRecord implements RunListener {
  /** Maximum number of points for the ratios by layer. */
  private static final int MOST_LAYER_POINTS = 200;

  private final InstantSource clock;
  private Optional<RunStart> start = Optional.empty(); // guarded by this, as are all fields below
  private Instant began;
  private Series steps = StepsTable.empty();
  private Series layers = new Series(2, List.of(Fold.LAST));
  private final List<ProgressEvent.EpochDone> epochs = new ArrayList<>();
  private final Map<Integer, ProgressEvent.RankTimes> times = new TreeMap<>();
  private final Timeline timeline = new Timeline();
  private double secondsBefore; // of earlier processes
  private long step;
  private Optional<RunEnd> end = Optional.empty();
  private Optional<String> failure = Optional.empty();

  /** An empty record. */
  public RunRecord(InstantSource clock) {
    this.clock = clock;
    this.began = clock.instant();
  }

  @Override
  public synchronized void runBegins(RunStart begun) {
    start = Optional.of(begun);
    began = clock.instant();
    if (begun.goesOn()) {
      steps = new ReportFolder(begun).read(HistoryFiles.STEPS).map(StepsTable::read).orElse(steps);
      List<Double> before = steps.column(StepsTable.SECONDS);
      secondsBefore =
          before.stream().filter(known -> !known.isNaN()).reduce((a, b) -> b).orElse(0.0);
    }
  }

  @Override
  public synchronized void attemptBegins(AttemptStart attempt) {
    times.clear();
    String workers = attempt.workers() + (attempt.workers() == 1 ? " worker" : " workers");
    add(Kind.ATTEMPT, "Attempt " + attempt.number() + " starts with " + workers);
  }

  @Override
  public synchronized void attemptLost(int number, String reason) {
    add(Kind.LOST, "Attempt " + number + " lost a worker: " + reason);
  }

  @Override
  public synchronized void progress(ProgressEvent event) {
    if (event instanceof ProgressEvent.StepDone done) {
      add(done);
    } else if (event instanceof ProgressEvent.StepMeasured measured) {
      add(measured);
    } else if (event instanceof ProgressEvent.EpochDone epoch) {
      step = epoch.step();
      epochs.removeIf(known -> known.epoch() >= epoch.epoch());
      epochs.add(epoch);
    } else if (event instanceof ProgressEvent.RankTimes rank) {
      times.put(rank.rank(), rank);
    } else if (event instanceof ProgressEvent.Resumed resumed) {
      goOn(resumed);
    } else if (event instanceof ProgressEvent.CheckpointSaved saved) {
      step = saved.step();
      add(Kind.CHECKPOINT, "Checkpoint in " + Math.round(saved.seconds() * 1e3) + " ms");
    } else if (event instanceof ProgressEvent.CheckpointSkipped skipped) {
      add(Kind.SKIPPED, "Skipped checkpoint " + skipped.file() + ": " + skipped.reason());
    } else if (event instanceof ProgressEvent.SyncChosen chosen) {
      add(Kind.CHOICE, "Synchronization: " + chosen.reason());
    } else if (event instanceof ProgressEvent.PeerTrouble trouble) {
      add(Kind.TROUBLE, trouble.text());
    } else if (event instanceof ProgressEvent.PeerLost lost) {
      add(Kind.LOST, "Rank " + lost.rank() + " lost its peer " + lost.peer());
    }
  }

  private void add(ProgressEvent.StepDone done) {
    if (done.step() <= lastStep()) {
      forgetAfter(0); // the run started again at step 1; nothing was resumed
    }
    step = done.step();
    int last = done.losses().size() - 1;
    for (int i = 0; i <= last; i++) {
      ProgressEvent.LossPoint point = done.losses().get(i);
      double loss = point.loss();
      boolean isLast = i == last;
      steps.add(
          point.step(),
          done.epoch() + 1,
          isLast ? seconds() : Double.NaN,
          loss,
          loss,
          loss,
          isLast ? done.examplesPerSecond() : Double.NaN,
          Double.NaN,
          Double.NaN,
          Double.NaN);
    }
  }

  private long lastStep() {
    List<Double> known = steps.column(StepsTable.STEP);
    return known.isEmpty() ? 0 : known.get(known.size() - 1).longValue();
  }

  private void add(ProgressEvent.StepMeasured measured) {
    steps.amend(
        StepsTable.LEARNING_RATE,
        measured.learningRate(),
        measured.gradientNorm(),
        measured.updateRatio());
    int count = measured.layerRatios().size();
    if (layers.isEmpty() && count > 0) {
      List<Fold> folds = new ArrayList<>(Collections.nCopies(count + 1, Fold.MEAN));
      folds.set(0, Fold.LAST);
      layers = new Series(MOST_LAYER_POINTS, folds);
    }
    if (count > 0) {
      double[] row = new double[count + 1];
      row[0] = measured.step();
      for (int i = 0; i < count; i++) {
        row[i + 1] = measured.layerRatios().get(i);
      }
      layers.add(row);
    }
  }

  private void goOn(ProgressEvent.Resumed resumed) {
    forgetAfter(resumed.step());
    step = resumed.step();
    String from = resumed.fromReplica() ? "a surviving replica" : "a checkpoint";
    add(Kind.RESUMED, "Resumed after step " + resumed.step() + " from " + from);
  }

  private void forgetAfter(long limit) {
    steps.dropAfter(limit);
    layers.dropAfter(limit);
    epochs.removeIf(epoch -> epoch.step() > limit);
  }

  @Override
  public synchronized void runEnds(RunEnd ended) {
    end = Optional.of(ended);
    add(Kind.END, "Done");
  }

  @Override
  public synchronized void runFails(String reason) {
    failure = Optional.of(reason);
    add(Kind.END, reason);
  }

  private void add(Kind kind, String text) {
    timeline.add(new Timeline.Entry(seconds(), step, kind, text));
  }

  private double seconds() {
    return secondsBefore + Duration.between(began, clock.instant()).toMillis() / 1e3;
  }

  /** A consistent copy. */
  synchronized Snapshot snapshot() {
    return new Snapshot(
        seconds(),
        clock.instant(),
        new Course(steps.rows(), layers.rows(), List.copyOf(epochs)),
        List.copyOf(times.values()),
        timeline.entries(),
        end,
        failure);
  }

  /** The table of steps in the format of its file. */
  synchronized String stepsCsv() {
    return StepsTable.csv(steps);
  }

  /**
   * How training went.
   *
   * @param steps rows of {@link StepsTable}
   * @param layers rows of the step, then the update ratio of each layer
   */
  record Course(
      List<double[]> steps, List<double[]> layers, List<ProgressEvent.EpochDone> epochs) {}

  /** A record at one moment. */
  record Snapshot(
      double seconds,
      Instant at,
      Course course,
      List<ProgressEvent.RankTimes> times,
      List<Timeline.Entry> timeline,
      Optional<RunEnd> end,
      Optional<String> failure) {}
}
