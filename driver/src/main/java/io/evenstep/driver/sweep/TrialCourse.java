package io.evenstep.driver.sweep;

import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.event.RunListener;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.worker.progress.ProgressEvent;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A trial's metric after each epoch, kept in a file in the sweep's folder so that a stopped sweep
 * can resume. Pauses the trial after the last epoch of a round.
 */
final class TrialCourse implements RunListener {
  /** The reason for pausing a trial. */
  static final String PAUSE = "the sweep, at the end of a round";

  private final RunFolder sweep;
  private final String file;
  private final String metric;
  private final TreeMap<Integer, Double> values = new TreeMap<>(); // by number of completed epochs
  private int round;
  private StopRequest stop = new StopRequest();

  TrialCourse(RunFolder sweep, Trial trial, String metric) {
    this.sweep = sweep;
    this.file = "course-" + trial.runId() + ".csv";
    this.metric = "validation." + metric;
    sweep.read(file).ifPresent(this::read);
  }

  private void read(String text) {
    text.lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .filter(cells -> cells.length == 2)
        .forEach(cells -> values.put(Integer.valueOf(cells[0]), Double.valueOf(cells[1])));
  }

  /**
   * Starts the next round.
   *
   * @param epochs after which to pause
   * @param asked asked to stop at that point
   */
  synchronized void pauseAfter(int epochs, StopRequest asked) {
    round = epochs;
    stop = asked;
  }

  @Override
  public synchronized void progress(ProgressEvent event) {
    if (event instanceof ProgressEvent.EpochDone epoch) {
      int done = epoch.epoch() + 1;
      Optional.ofNullable(epoch.validation().get(metric)).ifPresent(value -> keep(done, value));
      if (done == round) {
        stop.ask(PAUSE);
      }
    }
  }

  private void keep(int epochs, double value) {
    values.put(epochs, value);
    StringBuilder text = new StringBuilder("epochs," + metric + "\n");
    values.forEach((done, each) -> text.append(done).append(',').append(each).append('\n'));
    sweep.write(file, text.toString());
  }

  /** Forgets all epochs, because the trial starts over. */
  synchronized void clear() {
    values.clear();
  }

  /** Whether the metrics of all epochs of a round are known. */
  synchronized boolean reaches(int epochs) {
    return values.headMap(epochs, true).size() == epochs;
  }

  /**
   * The metric after this many epochs, or after the last epoch if there were fewer; empty if there
   * were none.
   */
  synchronized OptionalDouble after(int epochs) {
    return Optional.ofNullable(values.floorEntry(epochs))
        .map(entry -> OptionalDouble.of(entry.getValue()))
        .orElse(OptionalDouble.empty());
  }

  /** The best metric of the first epochs. */
  synchronized OptionalDouble best(int epochs, boolean higherIsBetter) {
    var seen = values.headMap(epochs, true).values().stream().mapToDouble(value -> value);
    return higherIsBetter ? seen.max() : seen.min();
  }
}
