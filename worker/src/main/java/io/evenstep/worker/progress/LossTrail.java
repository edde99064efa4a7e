package io.evenstep.worker.progress;

import io.evenstep.worker.progress.ProgressEvent.LossPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The losses of the steps since the last report: one by one while there are few, else means of
 * neighbours.
 */
public final class LossTrail {
  /** Most points of a report. */
  public static final int MOST_POINTS = 32;

  private final List<Entry> entries = new ArrayList<>();
  private int width = 1; // agreements of the replicas per entry

  private record Entry(long step, double sum, long rows, int width) {
    Entry plus(Entry next) {
      return new Entry(next.step, sum + next.sum, rows + next.rows, width + next.width);
    }
  }

  /**
   * Adds the loss that the replicas agreed on.
   *
   * @param step global steps done
   * @param sum sum of the losses of {@code rows} rows
   */
  public void add(long step, double sum, long rows) {
    Entry entry = new Entry(step, sum, rows, 1);
    int last = entries.size() - 1;
    if (last >= 0 && entries.get(last).width < width) {
      entries.set(last, entries.get(last).plus(entry));
      return;
    }
    if (entries.size() == MOST_POINTS) {
      mergePairs();
    }
    entries.add(entry);
  }

  private void mergePairs() {
    for (int i = 0; i < MOST_POINTS / 2; i++) {
      entries.set(i, entries.get(2 * i).plus(entries.get(2 * i + 1)));
    }
    entries.subList(MOST_POINTS / 2, MOST_POINTS).clear();
    width *= 2;
  }

  /** The mean over the rows of all steps since the last report; NaN if there are none. */
  public double mean() {
    double sum = entries.stream().mapToDouble(Entry::sum).sum();
    return sum / entries.stream().mapToLong(Entry::rows).sum();
  }

  /** Whether there are no losses to report. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns the points in order and clears them. */
  public List<LossPoint> take() {
    List<LossPoint> points =
        entries.stream().map(each -> new LossPoint(each.step, each.sum / each.rows)).toList();
    entries.clear();
    width = 1;
    return points;
  }
}
